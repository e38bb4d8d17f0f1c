using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Memory;

namespace Dashboard.Core.Tokens.Revocation;

/// <summary>What a cut-off knows a token by; null where it has nothing of the kind.</summary>
internal readonly record struct TokenMarks(DateTimeOffset IssuedAt)
{
    public string? Subject { get; init; }

    public string? Client { get; init; }

    public string? KeyId { get; init; }

    public string? Session { get; init; }

    public string? Family { get; init; }

    /// <summary>When the family began; null without one. A cut-off of whoever it was given to covers all that it gives later.</summary>
    public DateTimeOffset? GrantedAt { get; init; }

    public static TokenMarks Of(KnownToken token) => new(token.IssuedAt)
    {
        Subject = token.Subject,
        Client = token.Client,
        KeyId = token.KeyId,
        Session = token.Session,
        Family = token.Family,
        GrantedAt = token.GrantedAt,
    };

    public static TokenMarks Of(LedgerEntry entry) => new(entry.IssuedAt)
    {
        Subject = entry.Subject,
        Client = entry.Client,
        KeyId = entry.KeyId,
        Session = entry.Session,
        Family = entry.Family,
        GrantedAt = entry.GrantedAt,
    };
}
