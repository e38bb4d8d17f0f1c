using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Agents;

/// <summary>
/// Removes agents that have been silent for long. Of several nodes only the leader does; one that is heard of at the last moment
/// stays, whatever was read before.
/// </summary>
internal sealed class AgentCleaner(
    IAgentStore store,
    AgentEnder ender,
    IOptions<AgentOptions> options,
    LeaderElection election,
    TimeProvider clock,
    ILogger<AgentCleaner> logger) : LeaderWork(election, options.Value.CleanupInterval, clock, logger)
{
    private const int MostAtOnce = 200;
    private const string Why = "It was silent for too long.";

    /// <summary>Removes what is due now; returns how many agents that were.</summary>
    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var seenBefore = Clock.GetUtcNow() - options.Value.RemovedAfter;
        var removed = 0;
        foreach (var agent in await store.FindSilentAsync(seenBefore, MostAtOnce, cancellationToken))
        {
            var audit = AgentRemoval.AuditOf(agent, Why, Actor.Signet);
            removed += await ender.EndAsync(agent, seenBefore, audit, Why, cancellationToken) ? 1 : 0;
        }

        return removed;
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => CleanAsync(cancellationToken);

    protected override void Delayed(StoreUnavailableException exception) => Logger.CleaningDelayed(exception);
}
