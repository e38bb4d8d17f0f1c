using Dashboard.Core.Live;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Tokens.ResourceServers;

/// <summary>Keeps <see cref="Suspensions"/> true to what was changed here and elsewhere, and to the clock.</summary>
/// <param name="kind">What it follows.</param>
/// <param name="load">Reads one of them again, or all where null.</param>
/// <param name="feed">Where it hears of changes.</param>
/// <param name="clock">What expires does so by this.</param>
/// <param name="logger">Hears of what cannot be read.</param>
internal sealed class SuspensionFollower(
    ChangeKind kind,
    Func<string?, CancellationToken, Task> load,
    IChangeFeed feed,
    TimeProvider clock,
    ILogger<SuspensionFollower> logger)
    : Follower(kind, feed, clock, logger)
{
    protected override bool ReadsAgain => true;

    protected override Task FollowAsync(Change change, CancellationToken cancellationToken) => load(change.Id, cancellationToken);
}
