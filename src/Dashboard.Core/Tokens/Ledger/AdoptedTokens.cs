using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dashboard.Core.Tokens.Memory;

namespace Dashboard.Core.Tokens.Ledger;

/// <summary>
/// Access tokens that another system gave out, and whose rows were taken over from it. It kept what it had granted, not what it had
/// signed: a token is the one of its row where all of that is the same.
/// </summary>
internal static class AdoptedTokens
{
    /// <summary>Who such rows are issued by; no operator, command or client can be called that.</summary>
    public const string IssuedBy = "gateway:import";

    // What that system granted. Its audiences it did not keep.
    private static readonly string[] Granted =
        [ClaimNames.TokenId, ClaimNames.Issuer, ClaimNames.Subject, ClaimNames.UserName, "email", "name", ClaimNames.Scope, ClaimNames.Client];

    // What is nobody's claim to more: the rest of what Signet reads in tokens was never in one of those.
    private static readonly HashSet<string> Harmless = new(
        [.. Granted, ClaimNames.Audience, ClaimNames.AuthorizedParty, ClaimNames.IssuedAt, ClaimNames.NotBefore, ClaimNames.ExpiresAt],
        StringComparer.Ordinal);

    // Dates that were read from the clock twice.
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(2);

    /// <summary>True for the header's <c>typ</c> that such a token may have.</summary>
    public static bool IsType(string? type) => type is null || type.Equals("JWT", StringComparison.OrdinalIgnoreCase);

    public static bool IsOne(LedgerEntry entry) => entry.IssuedBy == IssuedBy;

    /// <summary>True where a token says what its row says, and nothing that Signet alone writes.</summary>
    public static bool IsSame(KnownToken known, JsonElement claims, DateTimeOffset? issuedAt, DateTimeOffset? expiresAt) =>
        known is { IsAdopted: true, Kind: TokenKind.Access }
        && known.ClaimsHash == HashOf(claims)
        && IsNear(known.IssuedAt, issuedAt)
        && IsNear(known.ExpiresAt, expiresAt)
        && claims.EnumerateObject().All(claim => Harmless.Contains(claim.Name) || !ClaimNames.Reserved.Contains(claim.Name));

    /// <summary>The hash of all that was granted.</summary>
    public static TokenHash HashOf(LedgerEntry entry)
    {
        using var claims = JsonDocument.Parse(entry.Claims);
        return HashOf(claims.RootElement);
    }

    private static TokenHash HashOf(JsonElement claims)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Granted)
        {
            // Length and kind before each: no two sets of claims read the same.
            var value = claims.TryGetProperty(name, out var found) && found.ValueKind is not JsonValueKind.Null
                ? Encoding.UTF8.GetBytes(found.ValueKind is JsonValueKind.String ? $"s{found.GetString()}" : $"j{found.GetRawText()}")
                : [];
            hash.AppendData(BitConverter.GetBytes(value.Length));
            hash.AppendData(value);
        }

        return TokenHash.Of(hash.GetHashAndReset());
    }

    private static bool IsNear(DateTimeOffset kept, DateTimeOffset? said) => said is { } date && (kept - date).Duration() <= Apart;
}
