using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Clients;

/// <summary>Keeps registrations and what is left of those that ended. Every adapter must pass <c>ClientStoreContract</c>.</summary>
internal interface IClientStore
{
    /// <summary>A registration or tombstone, or null where there is none with this id.</summary>
    Task<Client?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a client with its part of the ledger and its audit entry; false, and nothing changed, where the id is or was taken.
    /// </summary>
    Task<bool> AddAsync(Client client, LedgerChange ledger, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a client whose stored version is still that of <paramref name="changed"/>; the stored one is one higher then.
    /// Uses that were recorded since stay. False, and nothing changed, where somebody else was faster, or where it is to end
    /// as <see cref="ClientEndReason.Unused"/> and was used: uses raise no version.
    /// </summary>
    Task<bool> ReplaceAsync(Client changed, LedgerChange ledger, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>
    /// Lists clients, newest first. Where a filter matches little, a page may hold fewer than asked for, or none, and still
    /// have a next one: a call looks at so many rows at most.
    /// </summary>
    Task<Page<Client>> ListAsync(
        ClientFilter filter, DateTimeOffset now, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Notes when clients and their secrets were last used; never turns a time back, and needs no version.</summary>
    Task RecordUsesAsync(IReadOnlyCollection<ClientUse> uses, CancellationToken cancellationToken);

    /// <summary>
    /// Up to so many clients that are due to end: those that expired before <paramref name="expiredBefore"/>, and those that
    /// registered themselves before <paramref name="unusedSince"/>, were never used, and about which nobody decided since.
    /// </summary>
    Task<IReadOnlyList<Client>> FindDueAsync(
        DateTimeOffset expiredBefore, DateTimeOffset unusedSince, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Up to so many clients that have not ended and that expire, or a secret of which expires, from a time on and before another.
    /// </summary>
    Task<IReadOnlyList<Client>> FindExpiringAsync(
        DateTimeOffset from, DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Every client whose tokens are refused though they are not revoked, or are from a time before <paramref name="before"/> on:
    /// see <see cref="Client.BarredFrom"/>.
    /// </summary>
    Task<IReadOnlyList<Client>> FindBarredAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Up to so many tombstones that ended before a time, of which <see cref="SetCutOffAsync"/> was never told.</summary>
    Task<IReadOnlyList<Client>> FindUncutAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken);

    /// <summary>Notes of a tombstone that everything the client was given is revoked; needs no version.</summary>
    Task SetCutOffAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes up to so many tombstones of clients that ended before; returns how many went. Those of clients that the
    /// configuration names stay: without them the next start would register these anew.
    /// </summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset endedBefore, int limit, Term term, CancellationToken cancellationToken);
}

/// <summary>A client authenticated.</summary>
/// <param name="ClientId">Which.</param>
/// <param name="SecretId">By which of its secrets; null where by none.</param>
/// <param name="At">When.</param>
internal sealed record ClientUse(string ClientId, string? SecretId, DateTimeOffset At);

/// <summary>Which clients to list; what is null does not filter.</summary>
public sealed record ClientFilter
{
    /// <summary>Clients whose id or name, case aside, begins with this.</summary>
    public string? Search { get; init; }

    /// <summary>What they may do now; null for every client that has not ended.</summary>
    public ClientStanding? Standing { get; init; }

    public ClientOrigin? Origin { get; init; }

    /// <summary>True for public clients, false for confidential ones.</summary>
    public bool? IsPublic { get; init; }

    /// <summary>Whether a client is one of these at a time.</summary>
    public bool Matches(Client client, DateTimeOffset now)
    {
        var standing = client.StandingAt(now);
        return (Standing is { } wanted ? standing == wanted : standing is not ClientStanding.Gone)
            && (Origin is null || client.Origin == Origin)
            && (IsPublic is null || client.IsPublic == IsPublic)
            && (Search is null or ""
                || client.Id.StartsWith(Search, StringComparison.OrdinalIgnoreCase)
                || client.Name.StartsWith(Search, StringComparison.OrdinalIgnoreCase));
    }
}
