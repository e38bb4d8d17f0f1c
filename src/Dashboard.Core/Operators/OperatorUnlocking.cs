using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Throttling;

namespace Dashboard.Core.Operators;

/// <summary>Shows how an operator's logins are slowed down, and lets them try again at once.</summary>
public sealed class OperatorUnlocking
{
    private readonly OperatorDirectory _directory;
    private readonly LoginThrottle _throttle;
    private readonly AccessControl _access;
    private readonly IChangeFeed _feed;

    internal OperatorUnlocking(OperatorDirectory directory, LoginThrottle throttle, AccessControl access, IChangeFeed feed) =>
        (_directory, _throttle, _access, _feed) = (directory, throttle, access, feed);

    /// <summary>How logins from unknown devices are slowed down now; null where nothing failed lately, or there is no such operator.</summary>
    public async Task<AccountThrottle?> FindAsync(string operatorId, CancellationToken cancellationToken) =>
        _directory.Find(operatorId) is { } found
            ? await _throttle.FindAsync(UserNames.Normalize(found.UserName), cancellationToken)
            : null;

    /// <summary>Forgets every failed login and wrong second factor of an operator; false where there is no such operator.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<bool> UnlockAsync(string operatorId, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageOperators);
        if (_directory.Find(operatorId) is not { } found)
        {
            return false;
        }

        var audit = new AuditEntry(
            who, "operator.unlocked", "operator", operatorId, reason, After: AuditJson.Write(("user_name", found.UserName)));
        await _throttle.UnlockAsync(UserNames.Normalize(found.UserName), operatorId, audit, cancellationToken);
        _feed.Publish(new Change(ChangeKind.Operators, operatorId));
        _feed.Publish(new Change(ChangeKind.Audit, null));
        return true;
    }
}
