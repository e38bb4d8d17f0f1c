using Dashboard.Core.Live;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Tokens.Ledger;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Tokens.Revocation;

/// <summary>Takes into this node's list what was revoked on another.</summary>
internal sealed class RevocationFollower(
    IRevocationStore store,
    ITokenLedger ledger,
    RevocationList list,
    IChangeFeed feed,
    SignetMeters meters,
    TimeProvider clock,
    ILogger<RevocationFollower> logger)
    : Follower(ChangeKind.Revocations, feed, clock, logger)
{
    protected override async Task FollowAsync(Change change, CancellationToken cancellationToken)
    {
        if (!change.IsFromElsewhere)
        {
            return;
        }

        if (change.Id is not { } id || !await TryAddAsync(id, cancellationToken))
        {
            foreach (var missed in await list.LoadAsync(store, Clock.GetUtcNow(), cancellationToken))
            {
                Measure(missed.Stamp);
            }
        }
    }

    // A token or a cut-off. Which tokens a revocation by filter took last is told by the whole list alone: false.
    private async Task<bool> TryAddAsync(string id, CancellationToken cancellationToken)
    {
        // Both at once: which of the two it is cannot be seen from the id, and the one is as likely as the other.
        var (token, revocation) = (ledger.FindAsync(id, cancellationToken), store.FindAsync(id, cancellationToken));
        await Task.WhenAll(token, revocation);
        if (await token is { } entry)
        {
            AddIfRevoked(entry);
            return true;
        }

        if (await revocation is { Scope: not RevocationScope.Filter } cutOff)
        {
            list.Add(cutOff);
            Measure(cutOff.Stamp);
            return true;
        }

        return false;
    }

    private void AddIfRevoked(LedgerEntry entry)
    {
        if (entry.Revoked is { } stamp)
        {
            list.Add(entry.TokenId, entry.ExpiresAt);
            Measure(stamp);
        }
    }

    private void Measure(RevocationStamp stamp) => meters.RevocationApplied(Clock.GetUtcNow() - stamp.At);
}
