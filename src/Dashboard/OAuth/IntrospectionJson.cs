using System.Text.Json.Serialization;
using Dashboard.Core.Grants;

namespace Dashboard.OAuth;

/// <summary>RFC 7662 section 2.2. Of a token that is not active nothing else is said.</summary>
internal sealed record IntrospectionJson(bool Active)
{
    private static readonly IntrospectionJson Inactive = new(false);

    public string? Scope { get; init; }

    public string? ClientId { get; init; }

    public string? Username { get; init; }

    public string? TokenType { get; init; }

    public long? Exp { get; init; }

    public long? Iat { get; init; }

    public long? Nbf { get; init; }

    public string? Sub { get; init; }

    /// <summary>One text, or several in an array, as in the token.</summary>
    [JsonPropertyName("aud")]
    public object? Audience { get; init; }

    public string? Iss { get; init; }

    public string? Jti { get; init; }

    public static IntrospectionJson Of(IntrospectionAnswer? answer) => answer is null ? Inactive : new IntrospectionJson(true)
    {
        Scope = answer.Scope,
        ClientId = answer.ClientId,
        Username = answer.UserName,
        TokenType = answer.TokenType,
        Exp = answer.ExpiresAt.ToUnixTimeSeconds(),
        Iat = answer.IssuedAt.ToUnixTimeSeconds(),
        Nbf = answer.NotBefore?.ToUnixTimeSeconds(),
        Sub = answer.Subject,
        Audience = answer.Audiences switch { [] => null, [var one] => one, var several => several },
        Iss = answer.Issuer,
        Jti = answer.TokenId,
    };
}
