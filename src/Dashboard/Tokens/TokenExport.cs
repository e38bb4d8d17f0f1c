using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting;
using Dashboard.Hosting.Tokens;

namespace Dashboard.Tokens;

/// <summary>The ledger as a file.</summary>
internal static class TokenExport
{
    private const string Columns =
        "jti,kind,status,subject,client_id,scope,audience,kid,issued_at,expires_at,issued_by,first_presented_at,"
        + "last_presented_at,revoked_at,revoked_by,revoked_reason";

    /// <summary>Every row that a filter covers, newest first.</summary>
    public static Export<TokenJson> Of(TokenDirectory directory, LedgerFilter filter, ExportFormat format) => new(
        "tokens",
        directory.ReadAllAsync(filter, CancellationToken.None).Select(entry => TokenJson.Of(entry, directory)),
        format,
        Columns,
        LineOf);

    private static string LineOf(TokenJson row) => Csv.Line(
        row.Jti, row.Kind, row.Status, row.Subject, row.ClientId, row.Scope, row.Audience, row.Kid, Csv.Iso(row.IssuedAt),
        Csv.Iso(row.ExpiresAt), row.IssuedBy, Csv.Iso(row.Presented?.First.At), Csv.Iso(row.Presented?.Last.At),
        Csv.Iso(row.Revoked?.At), row.Revoked?.By, row.Revoked?.Reason);
}
