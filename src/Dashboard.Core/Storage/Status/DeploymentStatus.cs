using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;

namespace Dashboard.Core.Storage.Status;

/// <summary>The store, this node, and which node leads.</summary>
public sealed class DeploymentStatus
{
    private readonly IStoreStatus _store;
    private readonly ILeaseStore _lease;
    private readonly LeaderElection _election;
    private readonly TimeProvider _clock;

    internal DeploymentStatus(IStoreStatus store, ILeaseStore lease, LeaderElection election, TimeProvider clock) =>
        (_store, _lease, _election, _clock) = (store, lease, election, clock);

    /// <summary>As things are now.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async Task<DeploymentFacts> ReadAsync(CancellationToken cancellationToken)
    {
        var store = await _store.ReadAsync(cancellationToken);
        var held = await _lease.FindAsync(cancellationToken);
        return new DeploymentFacts(store, _election.Node, held is { } lease && lease.Until > _clock.GetUtcNow() ? lease : null);
    }
}

/// <summary>The store, this node, and which node leads.</summary>
/// <param name="Store">The store.</param>
/// <param name="Node">The name of this node, made anew with each start.</param>
/// <param name="Leader">Who leads; null where nobody does at this moment.</param>
public sealed record DeploymentFacts(StoreStatus Store, string Node, LeaseHolder? Leader)
{
    public bool IsLeader => Leader?.Node == Node;
}
