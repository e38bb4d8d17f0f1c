namespace Dashboard.Core.Tokens.Ledger;

/// <summary>Whether a token is good now, as far as the ledger knows.</summary>
public enum TokenStatus
{
    Live,
    Expired,
    Revoked,
}

/// <summary>Which rows of the ledger to list; null members do not filter.</summary>
public sealed record LedgerFilter
{
    public TokenStatus? Status { get; init; }

    public TokenKind? Kind { get; init; }

    public string? Subject { get; init; }

    public string? Client { get; init; }

    public string? Session { get; init; }

    public string? Family { get; init; }

    /// <summary>One scope that the token holds.</summary>
    public string? Scope { get; init; }

    public string? KeyId { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? IssuedFrom { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? IssuedTo { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? ExpiresFrom { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? ExpiresTo { get; init; }

    /// <summary>Inclusive; lists only revoked tokens.</summary>
    public DateTimeOffset? RevokedFrom { get; init; }

    /// <summary>True to list only tokens that were never presented.</summary>
    public bool NeverPresented { get; init; }

    /// <summary>The beginning of a <c>jti</c>, subject or client, of 1 to 200 characters.</summary>
    public string? Text { get; init; }
}
