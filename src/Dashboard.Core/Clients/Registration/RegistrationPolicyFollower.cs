using Dashboard.Core.Live;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Clients.Registration;

/// <summary>Reads the policy again when another node changed it.</summary>
internal sealed class RegistrationPolicyFollower(
    RegistrationPolicies policies, IChangeFeed feed, TimeProvider clock, ILogger<RegistrationPolicyFollower> logger)
    : Follower(ChangeKind.Clients, feed, clock, logger)
{
    protected override Task FollowAsync(Change change, CancellationToken cancellationToken) =>
        change.IsFromElsewhere && change.Id is null or RegistrationPolicies.Name
            ? policies.LoadAsync(cancellationToken)
            : Task.CompletedTask;
}
