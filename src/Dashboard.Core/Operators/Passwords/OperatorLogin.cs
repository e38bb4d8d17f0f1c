using Dashboard.Core.Audit;
using Dashboard.Core.Events;

namespace Dashboard.Core.Operators.Passwords;

/// <summary>
/// Checks a user name and password. Unknown name, wrong password and disabled operator cost the same and look the same:
/// by doing the same work, not by sleeping.
/// </summary>
public sealed class OperatorLogin
{
    private readonly OperatorDirectory _directory;
    private readonly OperatorChanges _changes;
    private readonly IPasswordHashing _hashing;
    private readonly HashingSlots _slots;
    private readonly EventLog _events;
    private readonly TimeProvider _clock;
    private readonly Lazy<string> _dummyHash;

    internal OperatorLogin(
        OperatorDirectory directory,
        OperatorChanges changes,
        IPasswordHashing hashing,
        HashingSlots slots,
        EventLog events,
        TimeProvider clock)
    {
        (_directory, _changes, _hashing, _slots, _events, _clock) = (directory, changes, hashing, slots, events, clock);
        _dummyHash = new Lazy<string>(() => hashing.Hash("the password of nobody"));
    }

    /// <summary>Makes the hash that unknown names are checked against, so that the first of them is not slower.</summary>
    public void Prepare() => _ = _dummyHash.Value;

    /// <summary>Checks who this is. Records the refusal; whoever starts a session records the success.</summary>
    public async Task<LoginVerdict> VerifyAsync(
        string userName, string password, RequestOrigin origin, CancellationToken cancellationToken)
    {
        // Before hashing: long input must not cost anything (LOG-08).
        if (userName.Length > UserNames.MaximumLength
            || password.Length > PasswordRules.LongestToVerify
            || !PasswordRules.IsText(password))
        {
            return Refuse(null, "The input was no user name and password.", origin);
        }

        var found = _directory.FindByName(userName);
        var hash = found?.PasswordHash ?? _dummyHash.Value;
        var (ran, match) = await _slots.TryRunAsync(() => _hashing.Verify(hash, password), cancellationToken);
        if (!ran)
        {
            Record(EventOutcome.Refused, "RATE_LIMITED", null, "Too many logins were being checked.", origin);
            return new LoginVerdict.Busy();
        }

        switch (found, match)
        {
            case (null, _):
                // Not the name that was typed: people type passwords there.
                return Refuse(null, "There is no operator of this name.", origin);
            case (_, PasswordMatch.No):
                return Refuse(found.UserName, "The password was wrong.", origin);
            case ({ IsEnabled: false }, _):
                return Refuse(found.UserName, "The operator is disabled.", origin);
            case (_, PasswordMatch.YesButOutdated):
                return new LoginVerdict.Accepted(await StrengthenAsync(found, password, cancellationToken));
            default:
                return new LoginVerdict.Accepted(found);
        }
    }

    // The password was right whatever becomes of this: where somebody else was faster, the next login tries again.
    private async Task<OperatorAccount> StrengthenAsync(
        OperatorAccount found, string password, CancellationToken cancellationToken)
    {
        var (ran, hash) = await _slots.TryRunAsync(() => _hashing.Hash(password), cancellationToken);
        if (ran)
        {
            await _changes.ApplyAsync(
                found.Id,
                now => now.PasswordHash == found.PasswordHash ? now with { PasswordHash = hash! } : null,
                new AuditEntry(
                    new Actor(found.UserName, found.Role), "operator.password_rehashed", "operator", found.Id,
                    "The stored hash was made with a lower cost than today's"),
                cancellationToken);
        }

        return _directory.Find(found.Id) ?? found;
    }

    private LoginVerdict.Refused Refuse(string? userName, string detail, RequestOrigin origin)
    {
        Record(EventOutcome.Refused, "INVALID_CREDENTIALS", userName, detail, origin);
        return new LoginVerdict.Refused();
    }

    private void Record(EventOutcome outcome, string code, string? userName, string detail, RequestOrigin origin) =>
        _events.Record(new SecurityEvent
        {
            At = _clock.GetUtcNow(),
            Kind = EventKinds.LoginRefused,
            Outcome = outcome,
            Code = code,
            Subject = userName,
            Origin = origin,
            Detail = detail,
        });
}

/// <summary>What became of a login.</summary>
public abstract record LoginVerdict
{
    private LoginVerdict()
    {
    }

    /// <summary>The operator, as they were when the password was checked.</summary>
    public sealed record Accepted(OperatorAccount Operator) : LoginVerdict;

    /// <summary>Nobody is told why; the event says it.</summary>
    public sealed record Refused : LoginVerdict;

    /// <summary>Too many logins are being checked; nothing was.</summary>
    public sealed record Busy : LoginVerdict;
}
