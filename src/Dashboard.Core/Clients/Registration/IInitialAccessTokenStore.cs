using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Clients.Registration;

/// <summary>Keeps initial access tokens. Every adapter must pass <c>InitialAccessTokenStoreContract</c>.</summary>
internal interface IInitialAccessTokenStore
{
    /// <summary>Every one there is, newest first.</summary>
    Task<IReadOnlyList<InitialAccessToken>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The token with this hash; null where there is none.</summary>
    Task<InitialAccessToken?> FindAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Adds a token with its row of the ledger.</summary>
    Task AddAsync(InitialAccessToken added, LedgerEntry row, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>
    /// Uses a token once: true where it was not expired at the time and had a use left. Of any number of calls at once no more
    /// succeed than uses are left. With the last use the ledger's row ends.
    /// </summary>
    Task<bool> ConsumeAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes a token and ends the ledger's row; false, and nothing changed, where there is none with this id.</summary>
    Task<bool> DeleteAsync(string id, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Deletes up to so many that expired before, or were used up and last used before; returns how many went.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken);
}

/// <summary>A token as stores keep it.</summary>
internal sealed record InitialAccessTokenRow(
    string Id,
    string Label,
    byte[] Hash,
    string CreatedBy,
    long CreatedAt,
    long? ExpiresAt,
    long? Uses,
    long Used,
    long? LastUsedAt)
{
    public static InitialAccessTokenRow Of(InitialAccessToken token) => new(
        token.Id,
        token.Label,
        token.Hash,
        token.CreatedBy,
        token.CreatedAt.ToUnixTimeMilliseconds(),
        token.ExpiresAt?.ToUnixTimeMilliseconds(),
        token.Uses,
        token.Used,
        token.LastUsedAt?.ToUnixTimeMilliseconds());

    public InitialAccessToken ToToken() => new()
    {
        Id = Id,
        Label = Label,
        Hash = Hash,
        CreatedBy = CreatedBy,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ExpiresAt = TimeOf(ExpiresAt),
        Uses = (int?)Uses,
        Used = (int)Used,
        LastUsedAt = TimeOf(LastUsedAt),
    };

    private static DateTimeOffset? TimeOf(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    /// <summary>Without the hash.</summary>
    public override string ToString() => Id;
}
