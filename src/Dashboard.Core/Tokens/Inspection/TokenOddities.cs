using System.Text.Json;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection;

/// <summary>What a careful reader notices about a token before anything is verified.</summary>
internal static class TokenOddities
{
    // In milliseconds every date since 2001 is at least as large; in seconds none before the year 33658.
    private const double EarliestMilliseconds = 1_000_000_000_000;

    private static readonly TimeSpan LongLife = TimeSpan.FromDays(366);
    private static readonly string[] Dates = [ClaimNames.IssuedAt, ClaimNames.NotBefore, ClaimNames.ExpiresAt];
    private static readonly string[] Places = ["jku", "jwk", "x5u", "x5c"];
    private static readonly string[] ScopeNames = [ClaimNames.Scope, ClaimNames.Scopes, ClaimNames.ShortScope];

    public static IEnumerable<string> Of(ParsedToken token, DateTimeOffset now) =>
        OfHeader(token).Concat(Dates.Select(name => OfDate(token.Claims, name)).OfType<string>())
            .Concat(OfTimes(token.Values, now)).Concat(OfNames(token)).Concat(OfScopes(token));

    private static IEnumerable<string> OfHeader(ParsedToken token)
    {
        if (token.Algorithm is null or "")
        {
            yield return "The header names no algorithm (alg), so nobody can verify it.";
        }
        else if (token.Algorithm.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            yield return "It is not signed (alg none): anybody can have written it.";
        }

        if (Places.Where(name => token.Header.TryGetProperty(name, out _)).ToList() is { Count: > 0 } places)
        {
            yield return $"The header brings or names its own key ({string.Join(", ", places)}). Whoever trusts that trusts the sender.";
        }

        if (token.Header.TryGetProperty("crit", out _))
        {
            yield return "The header marks extensions as critical (crit): whoever does not know them must refuse it.";
        }
    }

    private static string? OfDate(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out var value) ? null
        : value.ValueKind is not JsonValueKind.Number ? $"{name} is no number; a date is seconds since 1970."
        : value.TryGetDouble(out var seconds) && seconds >= EarliestMilliseconds
            ? $"{name} looks like milliseconds; a date is seconds since 1970."
        : seconds <= 0 ? $"{name} is no date of our times."
        : null;

    private static IEnumerable<string> OfTimes(TokenClaims claims, DateTimeOffset now)
    {
        if (claims.ExpiresAt is null)
        {
            yield return "It has no expiry (exp) that could be read: whoever accepts it accepts it for ever.";
        }

        if (claims.ExpiresAt <= (claims.NotBefore ?? claims.IssuedAt))
        {
            yield return "It expires before it begins, so that it is never valid.";
        }

        if (claims.IssuedAt > now)
        {
            yield return "It says that it was issued in the future: some clock is wrong.";
        }

        if (claims.NotBefore > now && claims.NotBefore != claims.IssuedAt)
        {
            yield return "It is not valid yet (nbf).";
        }

        if (claims.ExpiresAt - (claims.IssuedAt ?? claims.NotBefore) > LongLife)
        {
            yield return "It lives longer than a year: a copy stays good for as long.";
        }
    }

    private static IEnumerable<string> OfNames(ParsedToken token)
    {
        if (token.Values.Issuer is null)
        {
            yield return "It names no issuer (iss).";
        }

        if (token.Values.Subject is null)
        {
            yield return "It names no subject (sub).";
        }
    }

    private static IEnumerable<string> OfScopes(ParsedToken token)
    {
        if (ScopeNames.Where(name => token.Claims.TryGetProperty(name, out _)).ToList() is { Count: > 1 } names)
        {
            yield return $"Scopes stand in {string.Join(" and ", names)}; Signet reads them in {names[0]}, others may read the other.";
        }

        if (token.Values.Scopes.Contains("*", StringComparer.Ordinal))
        {
            yield return "It has the scope *, which some systems take for every scope.";
        }
    }
}
