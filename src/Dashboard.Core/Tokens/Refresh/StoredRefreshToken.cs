namespace Dashboard.Core.Tokens.Refresh;

/// <summary>A refresh token as the store keeps it: everything but the token.</summary>
internal sealed record StoredRefreshToken
{
    /// <summary>SHA-256 of the whole token.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Its name in the ledger.</summary>
    public required string TokenId { get; init; }

    /// <summary>The first token and all that followed.</summary>
    public required string Family { get; init; }

    /// <summary>The only client that it is good for.</summary>
    public required string Client { get; init; }

    public required string Subject { get; init; }

    /// <summary>All that was granted, whatever an access token asks for. Space-delimited.</summary>
    public required string Scope { get; init; }

    /// <summary>Null for Signet's own audience.</summary>
    public string? Resource { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When the person allowed what the family stands for: it never moves, however often tokens are used.</summary>
    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>The end of the whole family: it never moves.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The hash of the token that it was given for; null for the first.</summary>
    public byte[]? Predecessor { get; init; }

    /// <summary>Null while it is good.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>When its family was revoked; null where it was not.</summary>
    public DateTimeOffset? FamilyRevokedAt { get; init; }
}
