using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Throttling;

namespace Dashboard.Core.Operators.Passwords;

/// <summary>
/// Checks a user name and password. Unknown name, wrong password and disabled operator cost the same and look the same:
/// by doing the same work, not by sleeping. All are throttled alike, and while they are nothing is hashed.
/// </summary>
public sealed class OperatorLogin
{
    /// <summary>What whoever is told <see cref="LoginVerdict.Busy"/> should wait.</summary>
    public static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(5);

    private readonly OperatorDirectory _directory;
    private readonly OperatorChanges _changes;
    private readonly IPasswordHashing _hashing;
    private readonly HashingSlots _slots;
    private readonly LoginThrottle _throttle;
    private readonly EventLog _events;
    private readonly SignetMeters _meters;
    private readonly TimeProvider _clock;
    private readonly Lazy<string> _dummyHash;

    internal OperatorLogin(
        OperatorDirectory directory,
        OperatorChanges changes,
        IPasswordHashing hashing,
        HashingSlots slots,
        LoginThrottle throttle,
        EventLog events,
        SignetMeters meters,
        TimeProvider clock)
    {
        (_directory, _changes, _hashing, _slots) = (directory, changes, hashing, slots);
        (_throttle, _events, _meters, _clock) = (throttle, events, meters, clock);
        _dummyHash = new Lazy<string>(() => hashing.Hash("the password of nobody"));
    }

    /// <summary>Makes the hash that unknown names are checked against, so that the first of them is not slower.</summary>
    public void Prepare() => _ = _dummyHash.Value;

    /// <summary>Checks who this is. Records the refusal; whoever starts a session records the success.</summary>
    /// <param name="userName">As it was typed.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="devices">What the browser shows of earlier logins.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="StoreUnavailableException">Failures cannot be counted, so nothing was checked.</exception>
    public async Task<LoginVerdict> VerifyAsync(
        string userName, string password, RequestOrigin origin, KnownDevices devices, CancellationToken cancellationToken)
    {
        // Before hashing: long input must not cost anything (LOG-08).
        if (userName.Length > UserNames.MaximumLength
            || password.Length > PasswordRules.LongestToVerify
            || !PasswordRules.IsText(password))
        {
            return Refuse(null, "The input was no user name and password.", origin);
        }

        var found = _directory.FindByName(userName);
        var device = found is null ? null : devices.Find(found.Id);
        var lane = device is null ? HashingLane.Strangers : HashingLane.Known;
        if (_slots.IsFull(lane))
        {
            return RefuseBusy(origin);
        }

        // Counted before it is hashed: of many at once no more are evaluated than are free (LOG-02).
        var attempt = await _throttle.TakeAsync(UserNames.Normalize(userName), device, origin.Ip, cancellationToken);
        if (attempt.Wait is { } wait)
        {
            Record("RATE_LIMITED", found?.UserName, "Too many logins have failed before.", origin);
            return new LoginVerdict.Throttled(wait);
        }

        var hash = found?.PasswordHash ?? _dummyHash.Value;
        var (ran, match) = await _slots.TryRunAsync(lane, () => _hashing.Verify(hash, password), cancellationToken);
        if (!ran)
        {
            await _throttle.NotMadeAsync(attempt, cancellationToken);
            return RefuseBusy(origin);
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
        }

        await _throttle.SucceededAsync(attempt, cancellationToken);
        return new LoginVerdict.Accepted(
            match is PasswordMatch.YesButOutdated ? await StrengthenAsync(found, password, cancellationToken) : found);
    }

    // The password was right whatever becomes of this: where somebody else was faster, the next login tries again.
    private async Task<OperatorAccount> StrengthenAsync(
        OperatorAccount found, string password, CancellationToken cancellationToken)
    {
        var (ran, hash) = await _slots.TryRunAsync(HashingLane.Known, () => _hashing.Hash(password), cancellationToken);
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
        Record("INVALID_CREDENTIALS", userName, detail, origin);
        return new LoginVerdict.Refused();
    }

    private LoginVerdict.Busy RefuseBusy(RequestOrigin origin)
    {
        Record("RATE_LIMITED", null, "Too many logins were being checked.", origin);
        return new LoginVerdict.Busy();
    }

    private void Record(string code, string? userName, string detail, RequestOrigin origin)
    {
        _meters.LoginRefused(code);
        _events.Record(new SecurityEvent
        {
            At = _clock.GetUtcNow(),
            Kind = EventKinds.LoginRefused,
            Outcome = EventOutcome.Refused,
            Code = code,
            Subject = userName,
            Origin = origin,
            Detail = detail,
        });
    }
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

    /// <summary>Too many logins have failed before; nothing was checked. The same for names that nobody has.</summary>
    /// <param name="Wait">How long to wait; more than nothing.</param>
    public sealed record Throttled(TimeSpan Wait) : LoginVerdict;
}
