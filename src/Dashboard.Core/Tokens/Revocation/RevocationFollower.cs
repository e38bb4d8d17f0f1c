using Dashboard.Core.Live;
using Dashboard.Core.Tokens.Ledger;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Tokens.Revocation;

/// <summary>Takes into this node's list what was revoked on another.</summary>
internal sealed class RevocationFollower(
    IRevocationStore store,
    ITokenLedger ledger,
    RevocationList list,
    IChangeFeed feed,
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

        if (change.Id is not { } id)
        {
            await list.LoadAsync(store, Clock.GetUtcNow(), cancellationToken);
        }
        else if (await ledger.FindAsync(id, cancellationToken) is { } entry)
        {
            AddIfRevoked(entry);
        }
        else if (await store.FindAsync(id, cancellationToken) is { Scope: not RevocationScope.Filter } cutOff)
        {
            list.Add(cutOff);
        }
        else
        {
            // By filter: which tokens the last batch took is told by the whole list alone.
            await list.LoadAsync(store, Clock.GetUtcNow(), cancellationToken);
        }
    }

    private void AddIfRevoked(LedgerEntry entry)
    {
        if (entry.Revoked is not null)
        {
            list.Add(entry.TokenId, entry.ExpiresAt);
        }
    }
}
