using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Tokens.Refresh;

/// <summary>Keeps refresh tokens, and of them only hashes. Every adapter must pass <c>RefreshTokenStoreContract</c>.</summary>
internal interface IRefreshTokenStore
{
    /// <summary>The token with this hash, used or not; null where there is none.</summary>
    Task<StoredRefreshToken?> FindAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>
    /// Begins a family with its first token and adds rows to the ledger, all or nothing. False where the family is there
    /// already: it was revoked before it could begin.
    /// </summary>
    Task<bool> StartAsync(StoredRefreshToken first, IReadOnlyList<LedgerEntry> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Uses a token and puts its successor in its place, with rows of the ledger, in which the used one shows as expired from
    /// then on: one conditional write. Of any number of concurrent calls, on whatever node, exactly one gets
    /// <see cref="RefreshUse.Used"/>, and none does where the family or the token's own row in the ledger is revoked. A token
    /// that was used before revokes its family in the same write, unless its <see cref="RefreshRotation.Grace"/> lasts.
    /// </summary>
    Task<RefreshUse> UseAsync(RefreshRotation rotation, CancellationToken cancellationToken);

    /// <summary>
    /// Revokes a family, or forbids one that has not begun until <paramref name="expiresAt"/>. Tells the end of what it may
    /// have given. Doing it again changes nothing.
    /// </summary>
    Task<DateTimeOffset> RevokeFamilyAsync(
        string family, DateTimeOffset at, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Deletes up to so many tokens, and up to so many families, that expired before; returns how many went.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken);
}

/// <summary>A token shall be used and another take its place.</summary>
/// <param name="Token">As it was found.</param>
/// <param name="Successor">What takes its place; of the same family.</param>
/// <param name="Rows">What the ledger shall have of it.</param>
/// <param name="Now">When.</param>
internal sealed record RefreshRotation(
    StoredRefreshToken Token, StoredRefreshToken Successor, IReadOnlyList<LedgerEntry> Rows, DateTimeOffset Now)
{
    /// <summary>The successor, sealed with the token; null where it is not to be given twice.</summary>
    public byte[]? SealedSuccessor { get; init; }

    /// <summary>For how long after its use the token gets the same successor again, as long as that was not used itself.</summary>
    public TimeSpan Grace { get; init; }
}

/// <summary>What became of the use of a refresh token.</summary>
internal abstract record RefreshUse
{
    private RefreshUse()
    {
    }

    /// <summary>It was good until now; its successor is.</summary>
    public sealed record Used : RefreshUse;

    /// <summary>It was used a moment ago, and its successor was not yet.</summary>
    public sealed record UsedJustNow(byte[] SealedSuccessor) : RefreshUse;

    /// <summary>It had been used; its family is revoked now.</summary>
    public sealed record Replayed : RefreshUse;

    /// <summary>It had been revoked, or its family.</summary>
    public sealed record Revoked : RefreshUse;

    /// <summary>There is none, or no longer.</summary>
    public sealed record Unknown : RefreshUse;
}
