using System.Text.Json;
using Dashboard.Core.Keys.Issuers;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>
/// Part of 6: a trusted issuer's token is an access token. Many issuers write the same type into everything, so that what else
/// gives a token away is looked at too (RFC 8725 section 3.11, RFC 9068 section 5).
/// </summary>
internal static class ForeignTypes
{
    private const string AccessType = "at+jwt";

    // Only ID tokens and logout tokens have these.
    private static readonly string[] MembersOfOthers = ["at_hash", "c_hash", "s_hash", "events"];

    // What Keycloak writes into the claim of the same name.
    private static readonly string[] TypesOfOthers = ["ID", "Refresh", "Offline", "Logout"];

    /// <summary>Why it is none, in a sentence; null where it may be one.</summary>
    public static string? FaultOf(ParsedToken token, TrustedIssuer issuer, IReadOnlyList<TokenKind> kinds)
    {
        if (kinds.Count > 0 && !kinds.Contains(TokenKind.Access))
        {
            return "A token of another issuer cannot be used here.";
        }

        var type = TrustedIssuer.TypeOf(token.Type);
        if (!issuer.Types.Contains(type, StringComparer.Ordinal))
        {
            return $"A token with {Name(token)} cannot be used here; of {issuer.Name} needed is one with "
                + $"{string.Join(" or ", issuer.Types.Select(item => item is TrustedIssuer.NoType ? "no type" : $"type {item}"))}.";
        }

        return type is not AccessType && LooksLikeAnother(token.Claims)
            ? "By its claims this is an ID token, a refresh token or a logout token, and no access token."
            : null;
    }

    public static string Name(ParsedToken token) => token.Type is { } type ? $"type '{type}'" : "no type (typ)";

    private static bool LooksLikeAnother(JsonElement claims)
    {
        var type = claims.TryGetProperty("typ", out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        return TypesOfOthers.Contains(type, StringComparer.OrdinalIgnoreCase)
            || MembersOfOthers.Any(name => claims.TryGetProperty(name, out _))

            // Issuers that say so may leave the nonce of a login in access tokens as well.
            || (claims.TryGetProperty("nonce", out _) && !"Bearer".Equals(type, StringComparison.OrdinalIgnoreCase));
    }
}
