namespace Dashboard.Core.Tokens.Ledger;

/// <summary>One row of the ledger: a token that was issued. Never the token itself.</summary>
public sealed record LedgerEntry
{
    /// <summary>The <c>jti</c>.</summary>
    public required string TokenId { get; init; }

    public required TokenKind Kind { get; init; }

    /// <summary>Whoever the token speaks for.</summary>
    public required string Subject { get; init; }

    /// <summary>The <c>client_id</c>; null where no client was involved.</summary>
    public string? Client { get; init; }

    /// <summary>The session that the token belongs to; null where it belongs to none.</summary>
    public string? Session { get; init; }

    /// <summary>The refresh token and all that came of it; null for tokens that did not.</summary>
    public string? Family { get; init; }

    /// <summary>When that began: what a person allowed, however often it was renewed. Null for tokens without a family.</summary>
    public DateTimeOffset? GrantedAt { get; init; }

    /// <summary>Space-delimited; empty where none was granted.</summary>
    public required string Scope { get; init; }

    public required string Audience { get; init; }

    /// <summary>The <c>kid</c> of the key that signed it; empty for what is not signed.</summary>
    public required string KeyId { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The operator, command or client that asked for it.</summary>
    public required string IssuedBy { get; init; }

    /// <summary>The claims as issued, a JSON object.</summary>
    public required string Claims { get; init; }

    /// <summary>What is wrong with a test token on purpose; null for real ones.</summary>
    public string? Defect { get; init; }

    /// <summary>Null where the token was never presented.</summary>
    public PresentationSpan? Presented { get; init; }

    /// <summary>Null while it is not revoked.</summary>
    public RevocationStamp? Revoked { get; init; }

    /// <summary>
    /// Until when a copy could pass at an API that validates offline; null for what is of use at none.
    /// </summary>
    public DateTimeOffset? PassesOfflineUntil => Kind.IsOpaque ? null : ExpiresAt;
}

/// <summary>When a token was shown to Signet for the first and for the last time; equal where it was shown once.</summary>
public sealed record PresentationSpan(Presentation First, Presentation Last);

/// <summary>One time that a token was shown to Signet. Written in batches, so it may lag by a second.</summary>
/// <param name="At">When.</param>
/// <param name="Ip">The address it came from; null where unknown.</param>
/// <param name="UserAgent">The user agent; null where unknown.</param>
/// <param name="Where">Where it was shown: <c>validate</c>, <c>verify</c>, <c>introspect</c>, <c>api</c>, <c>token</c>, <c>register</c>, or <c>resource</c> and the client that is the API.</param>
public sealed record Presentation(DateTimeOffset At, string? Ip, string? UserAgent, string Where);

/// <summary>A token's revocation.</summary>
public sealed record RevocationStamp(DateTimeOffset At, string By, string Reason);
