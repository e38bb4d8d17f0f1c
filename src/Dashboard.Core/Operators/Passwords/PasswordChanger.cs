using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Operators.Passwords;

/// <summary>Lets operators choose a new password of their own.</summary>
public sealed class PasswordChanger
{
    private readonly OperatorDirectory _directory;
    private readonly IPasswordHashing _hashing;
    private readonly HashingSlots _slots;
    private readonly OperatorChanges _changes;

    internal PasswordChanger(
        OperatorDirectory directory, OperatorChanges changes, IPasswordHashing hashing, HashingSlots slots) =>
        (_directory, _changes, _hashing, _slots) = (directory, changes, hashing, slots);

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

        // Both on one slot: old and new cost the same, and there is one queue to stand in.
        var (ran, newHash) = await _slots.TryRunAsync(
            () => _hashing.Verify(found.PasswordHash, oldPassword) is PasswordMatch.No ? null : _hashing.Hash(newPassword),
            cancellationToken);
        return (ran, newHash) switch
        {
            (false, _) => new PasswordChangeOutcome.Busy(),
            (_, null) => new PasswordChangeOutcome.WrongPassword(),
            _ when string.Equals(oldPassword, newPassword, StringComparison.Ordinal) => new PasswordChangeOutcome.Unchanged(),
            _ => await StoreAsync(found, newHash, who, cancellationToken),
        };
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
            cancellationToken);
        return changed is OperatorChangeOutcome.Changed && _directory.Find(found.Id) is { } now
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
}
