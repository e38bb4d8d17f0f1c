using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Core.Access;
using Dashboard.Core.Tokens.Inspection;

namespace Dashboard.Core.Sharing;

/// <summary>
/// A report without what only whoever made it should see: of the claims the values of registered ones alone, of the header what
/// says how it was signed, nothing of the ledger, and never the token.
/// </summary>
internal static class RedactedReport
{
    // A pasted text may hold any number of claims with names of any length.
    private const int MostMembers = 100;
    private const int LongestName = 100;
    private const int LongestValue = 1_000;

    // RFC 7519 section 4.1, and what RFC 8693 and RFC 9068 say of access tokens: what the checks judge, and no word about a person.
    private static readonly string[] ShownClaims =
        ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "azp", "scope", "scp", "scopes", "auth_time"];

    private static readonly string[] ShownHeader = ["alg", "typ", "cty", "kid", "crit"];

    /// <summary>The report for colleagues, whatever their role: also what is configured to be hidden from the least of them is.</summary>
    public static TokenReport Of(TokenReport report, ClaimMask mask) =>
        (report with
        {
            Header = Redact(report.Header, ShownHeader),
            Claims = Redact(report.Claims, ShownClaims),
            Ledger = null,
            Cause = Cut(report.Cause),
            Checks = [.. report.Checks.Select(check => check with { Detail = Cut(check.Detail) })],
        }).MaskedFor(null, mask);

    // A sentence may name an audience or issuer of any length.
    private static string Cut(string text) => text.Length > LongestValue ? text[..LongestValue] + "…" : text;

    private static JsonElement? Redact(JsonElement? json, string[] shown)
    {
        if (json is not { ValueKind: JsonValueKind.Object } members)
        {
            return null;
        }

        JsonObject redacted = [];
        foreach (var member in members.EnumerateObject().Take(MostMembers))
        {
            var name = member.Name.Length > LongestName ? member.Name[..LongestName] + "…" : member.Name;
            redacted[name] = shown.Contains(member.Name, StringComparer.Ordinal) && IsPlain(member.Value)
                ? JsonNode.Parse(member.Value.GetRawText())
                : ClaimMask.Mask;
        }

        return JsonSerializer.SerializeToElement(redacted);
    }

    // What stands inside of an object is no registered claim, whatever it stands under.
    private static bool IsPlain(JsonElement value) => value.GetRawText().Length <= LongestValue
        && (value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().All(IsScalar) : IsScalar(value));

    private static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
}
