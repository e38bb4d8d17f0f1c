using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Throttling;

namespace Dashboard.Core.Operators.Passwords;

/// <summary>Lets operators choose a new password of their own.</summary>
public sealed class PasswordChanger
{
    private readonly OperatorDirectory _directory;
    private readonly IPasswordHashing _hashing;
    private readonly HashingSlots _slots;
    private readonly LoginThrottle _throttle;
    private readonly OperatorChanges _changes;

    internal PasswordChanger(
        OperatorDirectory directory,
        OperatorChanges changes,
        IPasswordHashing hashing,
        HashingSlots slots,
        LoginThrottle throttle) =>
        (_directory, _changes, _hashing, _slots, _throttle) = (directory, changes, hashing, slots, throttle);

    /// <summary>
    /// Changes the password after checking the old one. Every session that began before is over from then on, because
    /// the operator's security stamp is another one.
    /// </summary>
    public async Task<PasswordChangeOutcome> ChangeAsync(
        string operatorId, string oldPassword, string newPassword, Actor who, CancellationToken cancellationToken)
    {
        if (_directory.Find(operatorId) is not { IsEnabled: true } found)
        {
            return new PasswordChangeOutcome.WrongPassword();
        }

        if (PasswordRules.Check(newPassword, found.UserName) is { } fault)
        {
            return new PasswordChangeOutcome.Unfit(fault);
        }

        if (oldPassword.Length > PasswordRules.LongestToVerify)
        {
            return new PasswordChangeOutcome.WrongPassword();
        }

        // Whoever has taken over a session must not guess the password in it.
        var attempt = await _throttle.TakeInSessionAsync(
            UserNames.Normalize(found.UserName), who.Session, cancellationToken);
        if (attempt.Wait is { } wait)
        {
            return new PasswordChangeOutcome.Throttled(wait);
        }

        // Both on one slot: old and new cost the same, and there is one queue to stand in.
        var (ran, newHash) = await _slots.TryRunAsync(
            HashingLane.Known,
            () => _hashing.Verify(found.PasswordHash, oldPassword) is PasswordMatch.No ? null : _hashing.Hash(newPassword),
            cancellationToken);
        if (!ran)
        {
            await _throttle.NotMadeAsync(attempt, cancellationToken);
            return new PasswordChangeOutcome.Busy();
        }

        if (newHash is null)
        {
            return new PasswordChangeOutcome.WrongPassword();
        }

        await _throttle.SucceededAsync(attempt, cancellationToken);
        return string.Equals(oldPassword, newPassword, StringComparison.Ordinal)
            ? new PasswordChangeOutcome.Unchanged()
            : await StoreAsync(found, newHash, who, cancellationToken);
    }

    private async Task<PasswordChangeOutcome> StoreAsync(
        OperatorAccount found, string newHash, Actor who, CancellationToken cancellationToken)
    {
        var changed = await _changes.ApplyAsync(
            found.Id,
            now => now.PasswordHash == found.PasswordHash
                ? now with { PasswordHash = newHash, SecurityStamp = Identifiers.NewId(), MustChangePassword = false }
                : null,
            new AuditEntry(who, "operator.password_changed", "operator", found.Id),
            cancellationToken) is OperatorChangeOutcome.Changed;
        if (changed)
        {
            await _throttle.PasswordChangedAsync(UserNames.Normalize(found.UserName), cancellationToken);
        }

        return changed && _directory.Find(found.Id) is { } now
            ? new PasswordChangeOutcome.Changed(now)
            : new PasswordChangeOutcome.WrongPassword();
    }
}

/// <summary>What became of a change of password.</summary>
public abstract record PasswordChangeOutcome
{
    private PasswordChangeOutcome()
    {
    }

    /// <summary>Changed. Sessions must be started anew with this operator.</summary>
    public sealed record Changed(OperatorAccount Operator) : PasswordChangeOutcome;

    /// <summary>The old password was wrong, or was changed meanwhile.</summary>
    public sealed record WrongPassword : PasswordChangeOutcome;

    /// <summary>The new password is the old one.</summary>
    public sealed record Unchanged : PasswordChangeOutcome;

    public sealed record Unfit(PasswordFault Fault) : PasswordChangeOutcome;

    /// <summary>Too many passwords are being checked; nothing was changed.</summary>
    public sealed record Busy : PasswordChangeOutcome;

    /// <summary>The old password was wrong too often in this session; nothing was checked.</summary>
    /// <param name="Wait">How long to wait; more than nothing.</param>
    public sealed record Throttled(TimeSpan Wait) : PasswordChangeOutcome;
}
