namespace Dashboard.Core.Grants;

/// <summary>What introspection tells about an active token (RFC 7662 section 2.2). Null members stay out of the answer.</summary>
public sealed record IntrospectionAnswer
{
    /// <summary>Space-delimited; null where the token grants none.</summary>
    public string? Scope { get; init; }

    public string? ClientId { get; init; }

    /// <summary>The person that the token speaks for; null where it speaks for nobody.</summary>
    public string? UserName { get; init; }

    /// <summary><c>Bearer</c> for what APIs accept; null for refresh tokens.</summary>
    public string? TokenType { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public required string Subject { get; init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    public required string Issuer { get; init; }

    public required string TokenId { get; init; }
}
