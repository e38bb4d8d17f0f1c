using System.Text.Json;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection;

/// <summary>What stands in a token. Nothing of it is verified: anybody can write a token that says the same.</summary>
public sealed record DecodedToken
{
    public required JsonElement Header { get; init; }

    public required JsonElement Claims { get; init; }

    public required string? Issuer { get; init; }

    public required string? Subject { get; init; }

    public required string? TokenId { get; init; }

    public required string? Client { get; init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Null where absent, and where it is no date; so are the two others.</summary>
    public required DateTimeOffset? IssuedAt { get; init; }

    public required DateTimeOffset? NotBefore { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What is unusual about it, a sentence each.</summary>
    public required IReadOnlyList<string> Oddities { get; init; }

    /// <summary>Reads a token by the same parser as every check; null and why, in a sentence, where it is none.</summary>
    public static DecodedToken? Read(string token, DateTimeOffset now, out string fault)
    {
        if (TokenParser.Parse(token, out fault) is not { } parsed)
        {
            return null;
        }

        var claims = parsed.Values;
        return new DecodedToken
        {
            Header = parsed.Header,
            Claims = parsed.Claims,
            Issuer = claims.Issuer,
            Subject = claims.Subject,
            TokenId = claims.TokenId,
            Client = claims.Client ?? claims.AuthorizedParty,
            Audiences = claims.Audiences,
            Scopes = claims.Scopes,
            IssuedAt = claims.IssuedAt,
            NotBefore = claims.NotBefore,
            ExpiresAt = claims.ExpiresAt,
            Oddities = [.. TokenOddities.Of(parsed, now)],
        };
    }
}
