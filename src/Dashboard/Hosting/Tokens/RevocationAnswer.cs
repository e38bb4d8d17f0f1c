using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Hosting.Tokens;

/// <summary>The revocation of one token. A trial tells what it would reach instead of doing it.</summary>
/// <param name="Jti">Whose.</param>
/// <param name="Already">True where it had been revoked before.</param>
/// <param name="RevokedAt">When; absent from the trial for a token that is not revoked.</param>
internal sealed record RevocationAnswer(string Jti, bool Already, DateTimeOffset? RevokedAt)
{
    /// <summary>Only in a trial: how many tokens it would revoke, one or none.</summary>
    public long? Matched { get; init; }

    /// <summary>Only in a trial: how many would be refused at once wherever callers ask Signet.</summary>
    public long? EnforcedAtOnce { get; init; }

    /// <summary>Only in a trial: until when a copy could still pass at an API that validates offline.</summary>
    public DateTimeOffset? OfflineUntil { get; init; }

    /// <summary>What a revocation of a token would do.</summary>
    public static RevocationAnswer OfTrial(LedgerEntry entry, TokenStatus status)
    {
        var matched = status is TokenStatus.Revoked ? 0 : 1;
        return new RevocationAnswer(entry.TokenId, status is TokenStatus.Revoked, entry.Revoked?.At)
        {
            Matched = matched,
            EnforcedAtOnce = matched,
            OfflineUntil = status is TokenStatus.Live ? entry.PassesOfflineUntil : null,
        };
    }
}
