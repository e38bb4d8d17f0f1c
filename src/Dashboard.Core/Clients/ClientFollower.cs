using Dashboard.Core.Live;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Clients;

/// <summary>Forgets what another node changed.</summary>
internal sealed class ClientFollower(
    ClientDirectory directory, IChangeFeed feed, TimeProvider clock, ILogger<ClientFollower> logger)
    : Follower(ChangeKind.Clients, feed, clock, logger)
{
    protected override Task FollowAsync(Change change, CancellationToken cancellationToken)
    {
        if (change.IsFromElsewhere)
        {
            directory.Forget(change.Id);
        }

        return Task.CompletedTask;
    }
}
