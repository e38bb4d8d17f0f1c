using System.Text.Json;
using Dashboard.Core.Scopes;

namespace Dashboard.Core.Tokens.Validation;

/// <summary>The registered claims, read once. A claim of the wrong type reads as absent: nothing is coerced.</summary>
internal sealed class TokenClaims
{
    // The last second of the year 9999, beyond which a date cannot be shown.
    private const double Latest = 253_402_300_799;

    public TokenClaims(JsonElement claims)
    {
        Issuer = Text(claims, ClaimNames.Issuer);
        Subject = Text(claims, ClaimNames.Subject);
        TokenId = Text(claims, ClaimNames.TokenId);
        Client = Text(claims, ClaimNames.Client);
        AuthorizedParty = Text(claims, ClaimNames.AuthorizedParty);
        Agent = Text(claims, ClaimNames.Agent);
        Role = Text(claims, ClaimNames.Role);
        Session = Text(claims, ClaimNames.Session);
        Fingerprint = Text(claims, ClaimNames.Fingerprint);
        Address = Text(claims, ClaimNames.Address);
        UserAgent = Text(claims, ClaimNames.UserAgent);
        Audiences = Texts(claims, ClaimNames.Audience);
        IssuedAt = Date(claims, ClaimNames.IssuedAt);
        ExpiresAt = Date(claims, ClaimNames.ExpiresAt);
        NotBefore = Date(claims, ClaimNames.NotBefore);
        HasNotBefore = claims.TryGetProperty(ClaimNames.NotBefore, out _);
        HasScopes = claims.TryGetProperty(ClaimNames.Scopes, out _);
        Scopes = ReadScopes(claims);
    }

    public string? Issuer { get; }

    public string? Subject { get; }

    public string? TokenId { get; }

    public string? Client { get; }

    /// <summary>The <c>azp</c>, which others write in place of <c>client_id</c>.</summary>
    public string? AuthorizedParty { get; }

    public string? Agent { get; }

    public string? Role { get; }

    public string? Session { get; }

    public string? Fingerprint { get; }

    public string? Address { get; }

    public string? UserAgent { get; }

    /// <summary>Empty where absent, or where any of its values is no string.</summary>
    public IReadOnlyList<string> Audiences { get; }

    public IReadOnlyList<string> Scopes { get; }

    /// <summary>True where the claim <c>scopes</c> is there, even if it names none.</summary>
    public bool HasScopes { get; }

    public DateTimeOffset? IssuedAt { get; }

    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Null where absent, and also where it is no date: <see cref="HasNotBefore"/> tells the two apart.</summary>
    public DateTimeOffset? NotBefore { get; }

    public bool HasNotBefore { get; }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static IReadOnlyList<string> Texts(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out var value) ? []
        : value.ValueKind is JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind is JsonValueKind.Array
            && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : [];

    // Finite numbers only; fractions of a second are allowed (RFC 7519 section 2) and kept to the millisecond.
    private static DateTimeOffset? Date(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value)
            && value.ValueKind is JsonValueKind.Number
            && value.TryGetDouble(out var seconds)
            && seconds is > 0 and <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1_000))
            : null;

    private static IReadOnlyList<string> ReadScopes(JsonElement claims)
    {
        foreach (var name in (ReadOnlySpan<string>)[ClaimNames.Scope, ClaimNames.Scopes, ClaimNames.ShortScope])
        {
            if (Texts(claims, name) is { Count: > 0 } texts)
            {
                return texts is [var single] ? ScopeText.Split(single) : [.. texts.SelectMany(ScopeText.Split).Distinct()];
            }
        }

        return [];
    }
}
