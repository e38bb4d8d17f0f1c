using Dashboard.Core.Live;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Keys;

/// <summary>Reads the ring again when another node changed it.</summary>
internal sealed class KeyRingFollower(KeyRing ring, IChangeFeed feed, TimeProvider clock, ILogger<KeyRingFollower> logger)
    : Follower(ChangeKind.Keys, feed, clock, logger)
{
    protected override Task FollowAsync(Change change, CancellationToken cancellationToken) =>
        change.IsFromElsewhere ? ring.RefreshAsync(cancellationToken) : Task.CompletedTask;
}
