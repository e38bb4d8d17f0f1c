using Dashboard.Core.Live;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Operators;

/// <summary>Reads every operator again when one changed anywhere.</summary>
internal sealed class OperatorFollower(
    OperatorDirectory directory, IChangeFeed feed, TimeProvider clock, ILogger<OperatorFollower> logger)
    : Follower(ChangeKind.Operators, feed, clock, logger)
{
    protected override Task FollowAsync(Change change, CancellationToken cancellationToken) =>
        directory.LoadAsync(cancellationToken);
}
