using Dashboard.Core.Live;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Agents;

/// <summary>Forgets which agents another node changed, and reads keys again.</summary>
internal sealed class AgentFollower(
    AgentDirectory agents, AgentKeyDirectory keys, IChangeFeed feed, TimeProvider clock, ILogger<AgentFollower> logger)
    : Follower(ChangeKind.Agents, feed, clock, logger)
{
    protected override async Task FollowAsync(Change change, CancellationToken cancellationToken)
    {
        if (!change.IsFromElsewhere)
        {
            return;
        }

        agents.Forget(change.Id);
        if (change.Id is null || change.Id.StartsWith(AgentKeys.IdPrefix, StringComparison.Ordinal))
        {
            await keys.LoadAsync(cancellationToken);
        }
    }
}
