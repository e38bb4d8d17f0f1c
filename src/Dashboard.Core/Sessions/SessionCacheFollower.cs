using Dashboard.Core.Live;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Sessions;

/// <summary>Forgets what was changed anywhere.</summary>
internal sealed class SessionCacheFollower(
    SessionCache cache, IChangeFeed feed, TimeProvider clock, ILogger<SessionCacheFollower> logger)
    : Follower(ChangeKind.Sessions, feed, clock, logger)
{
    protected override Task FollowAsync(Change change, CancellationToken cancellationToken)
    {
        cache.Forget(change.Id);
        return Task.CompletedTask;
    }
}
