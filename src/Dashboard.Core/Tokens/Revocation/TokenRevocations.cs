using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Refresh;

namespace Dashboard.Core.Tokens.Revocation;

/// <summary>The only way to revoke. On return the revocation is durable and enforced on this node.</summary>
public sealed class TokenRevocations
{
    private readonly IRevocationStore _store;
    private readonly ITokenLedger _ledger;
    private readonly IRefreshTokenStore _families;
    private readonly RevocationList _list;
    private readonly RevocationWorker _worker;
    private readonly AccessControl _access;
    private readonly EventLog _events;
    private readonly IChangeFeed _feed;
    private readonly SignetMeters _meters;
    private readonly TimeProvider _clock;

    internal TokenRevocations(
        IRevocationStore store,
        ITokenLedger ledger,
        IRefreshTokenStore families,
        RevocationList list,
        RevocationWorker worker,
        AccessControl access,
        EventLog events,
        IChangeFeed feed,
        SignetMeters meters,
        TimeProvider clock) =>
        (_store, _ledger, _families, _list, _worker, _access, _events, _feed, _meters, _clock) =
        (store, ledger, families, list, worker, access, events, feed, meters, clock);

    /// <summary>Revokes one token by its <c>jti</c>; a refresh token with all that comes of it.</summary>
    public Task<TokenRevocationOutcome> RevokeAsync(
        string tokenId, string reason, Actor who, RequestOrigin origin, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.RevokeToken);
        return RevokeGivenBackAsync(tokenId, reason, who, origin, cancellationToken);
    }

    /// <summary>The same for a client that gives back a token of its own.</summary>
    internal async Task<TokenRevocationOutcome> RevokeGivenBackAsync(
        string tokenId, string reason, Actor who, RequestOrigin origin, CancellationToken cancellationToken)
    {
        using var span = Spans.StartRevoke(RevocationNames.NameOf(RevocationScope.Token));
        var stamp = new RevocationStamp(Now(), who.Name, reason);
        var audit = new AuditEntry(who, "token.revoked", "token", tokenId, reason);
        var outcome = await _store.RevokeAsync(tokenId, stamp, audit, cancellationToken);
        if (outcome is not TokenRevocationOutcome.Unknown)
        {
            // In force from here on, even where the row cannot be read now; a retry finds it already revoked.
            _list.Add(tokenId);
        }

        if (outcome is TokenRevocationOutcome.Unknown || await _ledger.FindAsync(tokenId, cancellationToken) is not { } entry)
        {
            return outcome;
        }

        if (outcome is TokenRevocationOutcome.Revoked)
        {
            _list.Add(tokenId, entry.ExpiresAt);
            _meters.TokensRevoked(1, RevocationNames.NameOf(RevocationScope.Token));
            _events.Record(new SecurityEvent
            {
                At = stamp.At,
                Kind = EventKinds.TokenRevoked,
                Outcome = EventOutcome.Succeeded,
                Subject = entry.Subject,
                Client = entry.Client,
                TokenId = tokenId,
                Origin = origin with { Ip = origin.Ip ?? who.Ip },
                Detail = $"Revoked by {who.Name}: {reason}",
            });
        }

        // Whoever revoked it before may have been lost before it told anybody.
        await TellAsync(tokenId);

        // Asked of one that was revoked before, too: the store may have failed in between.
        if (entry is { Kind: TokenKind.Refresh, Family: { } family } && !_list.IsEnded(family))
        {
            await RevokeFamilyAsync(family, reason, who, cancellationToken);
        }

        return outcome;
    }

    /// <summary>
    /// Revokes everything of a subject, client, key or session, or everything at all, that was issued until now or until
    /// <paramref name="issuedBefore"/>; of a subject, of a client and of everything also what was granted until then and is
    /// issued later, and of a family whatever is issued later. One write; the ledger's rows follow in the background.
    /// </summary>
    public Task<TokenRevocation> CutOffAsync(
        RevocationScope scope,
        string value,
        DateTimeOffset? issuedBefore,
        string reason,
        Actor who,
        CancellationToken cancellationToken)
    {
        if (scope is RevocationScope.Token or RevocationScope.Filter)
        {
            throw new ArgumentOutOfRangeException(nameof(scope), scope, "This is no cut-off.");
        }

        _access.Demand(who, Right.ManageTokens);
        return scope is RevocationScope.Family
            ? RevokeFamilyAsync(value, reason, who, cancellationToken)
            : StartAsync(scope, value, FilterOf(scope, value), issuedBefore, reason, who, cancellationToken);
    }

    /// <summary>
    /// Revokes every live token that a filter covers, in batches that go on after a restart. Each token is refused as soon
    /// as its batch is written.
    /// </summary>
    public Task<TokenRevocation> RevokeMatchingAsync(
        LedgerFilter filter, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageTokens);
        return StartAsync(RevocationScope.Filter, "", filter, null, reason, who, cancellationToken);
    }

    /// <summary>
    /// Ends every token of a session that has ended; whoever ended it was asked for the right to that. Does nothing visible
    /// where it has none.
    /// </summary>
    internal Task RevokeSessionAsync(string session, Actor who, string reason, CancellationToken cancellationToken) => StartAsync(
        RevocationScope.Session, session, FilterOf(RevocationScope.Session, session), null, reason, who, cancellationToken);

    /// <summary>
    /// Ends everything that a client was given which has ended; whoever ended it was asked for the right to that. Does nothing
    /// visible where it has no tokens.
    /// </summary>
    internal Task RevokeClientAsync(string client, Actor who, string reason, CancellationToken cancellationToken) => StartAsync(
        RevocationScope.Client, client, FilterOf(RevocationScope.Client, client), null, reason, who, cancellationToken);

    /// <summary>
    /// Ends everything that an agent was given until a time, by a registration that is over; whoever ended it was asked for the
    /// right to that.
    /// </summary>
    internal Task RevokeAgentAsync(
        string agentId, DateTimeOffset issuedBefore, Actor who, string reason, CancellationToken cancellationToken)
    {
        var subject = Subjects.OfAgent(agentId);
        return StartAsync(
            RevocationScope.Subject, subject, FilterOf(RevocationScope.Subject, subject), issuedBefore, reason, who, cancellationToken);
    }

    /// <summary>
    /// Ends a family: no refresh token of it is good any more, and nothing that comes of it, even where that is being issued
    /// at this moment. Also for one that has no refresh token, or none yet.
    /// </summary>
    internal async Task<TokenRevocation> RevokeFamilyAsync(
        string family, string reason, Actor who, CancellationToken cancellationToken)
    {
        var now = Now();
        var end = await _families.RevokeFamilyAsync(family, now, now + TokenOptions.LongestLifetime, cancellationToken);
        return await StartAsync(
            RevocationScope.Family, family, FilterOf(RevocationScope.Family, family), end, reason, who, cancellationToken);
    }

    /// <summary>What a revocation by this filter would reach.</summary>
    public Task<RevocationPreview> PreviewAsync(LedgerFilter filter, CancellationToken cancellationToken) =>
        _store.PreviewAsync(filter, Now(), cancellationToken);

    /// <summary>The filter that lists what a cut-off covers.</summary>
    public static LedgerFilter FilterOf(RevocationScope scope, string value) => scope switch
    {
        RevocationScope.Subject => new LedgerFilter { Subject = value },
        RevocationScope.Client => new LedgerFilter { Client = value },
        RevocationScope.Key => new LedgerFilter { KeyId = value },
        RevocationScope.Session => new LedgerFilter { Session = value },
        RevocationScope.Family => new LedgerFilter { Family = value },
        RevocationScope.All => new LedgerFilter(),
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "This is no cut-off."),
    };

    /// <summary>A cut-off or revocation by filter and how far it has come; null where there is none with this id.</summary>
    public Task<TokenRevocation?> FindAsync(string id, CancellationToken cancellationToken) =>
        _store.FindAsync(id, cancellationToken);

    /// <summary>
    /// Writes one that has begun into the ledger's rows, here and now: for commands, behind which nothing runs. A server of the
    /// same store may be at it, too: no token is written twice.
    /// </summary>
    /// <param name="started">Which.</param>
    /// <param name="progressed">Told after each batch how far it is.</param>
    /// <param name="cancellationToken">Stops between two batches; a server goes on from there.</param>
    public Task<TokenRevocation> FinishAsync(
        TokenRevocation started, Action<TokenRevocation> progressed, CancellationToken cancellationToken) =>
        _worker.FinishAsync(started, progressed, cancellationToken);

    /// <summary>Stops one that is running. What it revoked stays revoked; a cut-off stays in force.</summary>
    public async Task<bool> CancelAsync(string id, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.WatchRevocations);
        var audit = new AuditEntry(who, "tokens.revocation_cancelled", "revocation", id);
        var cancelled = await _store.CancelAsync(id, audit, cancellationToken);
        await TellAsync(null);
        return cancelled;
    }

    private async Task<TokenRevocation> StartAsync(
        RevocationScope scope,
        string value,
        LedgerFilter filter,
        DateTimeOffset? issuedBefore,
        string reason,
        Actor who,
        CancellationToken cancellationToken)
    {
        using var span = Spans.StartRevoke(RevocationNames.NameOf(scope));
        var now = Now();
        var revocation = new TokenRevocation(
            Guid.CreateVersion7(now).ToString("N"),
            scope,
            value,
            filter with { Status = null },
            LimitOf(scope, issuedBefore, now),
            new RevocationStamp(now, who.Name, reason),
            RevocationState.Running,
            0);
        var audit = new AuditEntry(
            who,
            scope is RevocationScope.Filter ? "tokens.revoked_by_filter" : "tokens.cut_off",
            scope is RevocationScope.Filter ? "revocation" : RevocationNames.NameOf(scope),
            scope is RevocationScope.Filter ? revocation.Id : value,
            reason,
            After: RevocationNames.WriteFilter(revocation.Filter));
        await _store.AddAsync(revocation, audit, cancellationToken);
        if (scope is not RevocationScope.Filter)
        {
            _list.Add(revocation);
        }

        _events.Record(EventOf(revocation, who));
        _worker.Wake();
        await TellAsync(revocation.Id);
        return revocation;
    }

    // Tokens of a subject that are issued later are good again; those of a family never.
    private static DateTimeOffset LimitOf(RevocationScope scope, DateTimeOffset? asked, DateTimeOffset now) =>
        asked is { } limit && (limit < now || scope is RevocationScope.Family) ? limit : now;

    private static SecurityEvent EventOf(TokenRevocation revocation, Actor who) => new()
    {
        At = revocation.Stamp.At,
        Kind = EventKinds.TokenRevoked,
        Outcome = EventOutcome.Succeeded,
        Subject = revocation.Scope is RevocationScope.Subject ? revocation.Value : null,
        Client = revocation.Scope is RevocationScope.Client ? revocation.Value : null,
        Origin = RequestOrigin.None with { Ip = who.Ip },
        Detail = $"Revocation {revocation.Id} ({RevocationNames.NameOf(revocation.Scope)}) by {who.Name}: {revocation.Stamp.Reason}",
    };

    // Milliseconds, as stores keep them: a cut-off must compare the same before and after a restart.
    private DateTimeOffset Now() => _clock.GetUtcNow().CutToMilliseconds();

    private Task TellAsync(string? id) => _feed.TellAsync(
        new Change(ChangeKind.Revocations, id), new Change(ChangeKind.Tokens, id), new Change(ChangeKind.Audit, null));
}
