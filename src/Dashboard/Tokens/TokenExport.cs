using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting;

namespace Dashboard.Tokens;

internal enum TokenExportFormat
{
    Csv,
    Ndjson,
}

/// <summary>Streams every matching row: memory stays flat at any number of them.</summary>
internal sealed class TokenExport(TokenDirectory directory, LedgerFilter filter, TokenExportFormat format) : IResult
{
    private const string Header =
        "jti,kind,status,subject,client_id,scope,audience,kid,issued_at,expires_at,issued_by,first_presented_at,"
        + "last_presented_at,revoked_at,revoked_by,revoked_reason\r\n";

    // What a spreadsheet would run as a formula.
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\0");
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var stop = httpContext.RequestAborted;
        var isCsv = format is TokenExportFormat.Csv;
        response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"tokens.{(isCsv ? "csv" : "ndjson")}\"";
        if (isCsv)
        {
            await response.WriteAsync(Header, stop);
        }

        await foreach (var entry in directory.ReadAllAsync(filter, stop))
        {
            var row = TokenJson.Of(entry, directory);
            await response.WriteAsync(isCsv ? Csv(row) : JsonSerializer.Serialize(row, Json.Options) + "\n", stop);
        }
    }

    /// <summary>RFC 4180, and text that a spreadsheet would take for a formula made plain by an apostrophe.</summary>
    internal static string Cell(string? text)
    {
        var safe = text is { Length: > 0 } && FormulaStarts.Contains(text[0]) ? "'" + text : text ?? "";
        return safe.AsSpan().ContainsAny(NeedQuotes) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Csv(TokenJson row)
    {
        ReadOnlySpan<string?> cells =
        [
            row.Jti, row.Kind, row.Status, row.Subject, row.ClientId, row.Scope, row.Audience, row.Kid, Iso(row.IssuedAt),
            Iso(row.ExpiresAt), row.IssuedBy, Iso(row.Presented?.First.At), Iso(row.Presented?.Last.At), Iso(row.Revoked?.At),
            row.Revoked?.By, row.Revoked?.Reason,
        ];
        var line = new StringBuilder();
        foreach (var cell in cells)
        {
            line.Append(line.Length == 0 ? "" : ",").Append(Cell(cell));
        }

        return line.Append("\r\n").ToString();
    }

    private static string? Iso(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
