using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace Dashboard.Hosting;

internal enum ExportFormat
{
    Csv,
    Ndjson,
}

/// <summary>What exports of every list have in common.</summary>
internal static class ExportRules
{
    private const int LongestReason = 500;

    /// <summary>The format by its name in addresses, CSV where none is named; null where there is none of that name.</summary>
    public static ExportFormat? Parse(string? format) => format switch
    {
        null or "csv" => ExportFormat.Csv,
        "ndjson" => ExportFormat.Ndjson,
        _ => null,
    };

    /// <summary>Why an export is refused; null where it is not.</summary>
    public static ProblemResult? RefusalOf(string? format, string? reason) => (Parse(format), reason) switch
    {
        (null, _) => Problems.Invalid(new ValidationError("format", "must be csv or ndjson")),
        (_, { Length: > LongestReason }) => Problems.Invalid(new ValidationError("reason", $"must have at most {LongestReason} characters")),
        _ => null,
    };
}

/// <summary>Streams rows as a file: memory stays flat at any number of them.</summary>
/// <param name="name">The file's name without its ending.</param>
/// <param name="rows">What is exported.</param>
/// <param name="format">As what.</param>
/// <param name="columns">The names of the cells in a line of CSV, separated by commas.</param>
/// <param name="lineOf">A row as a line of CSV.</param>
internal sealed class Export<T>(
    string name, IAsyncEnumerable<T> rows, ExportFormat format, string columns, Func<T, string> lineOf) : IResult, IEndpointMetadataProvider
{
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(
        new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/csv", "application/x-ndjson"]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var stop = httpContext.RequestAborted;
        var isCsv = format is ExportFormat.Csv;
        response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{(isCsv ? "csv" : "ndjson")}\"";
        await foreach (var line in ReadLinesAsync(stop))
        {
            await response.WriteAsync(line, stop);
        }
    }

    /// <summary>The file line by line, each with its end.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isCsv = format is ExportFormat.Csv;
        if (isCsv)
        {
            yield return columns + "\r\n";
        }

        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            yield return isCsv ? lineOf(row) : JsonSerializer.Serialize(row, Json.Options) + "\n";
        }
    }
}
