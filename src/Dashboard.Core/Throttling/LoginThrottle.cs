using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Throttling;

/// <summary>
/// Slows guessing down without letting strangers lock anybody out. Three counters for an attempt: of the account at this
/// device, of the address at all accounts, and of the account at all unknown devices. A known device has only the first.
/// Accounts are normalized names, of existing operators or not; nothing else that a client chooses takes part.
/// </summary>
public sealed class LoginThrottle
{
    private static readonly TimeSpan SecondFactorWindow = TimeSpan.FromHours(1);

    private readonly IThrottleStore _store;
    private readonly TimeProvider _clock;
    private readonly ThrottleRule _ofDevice;
    private readonly ThrottleRule _ofKnownDevice;
    private readonly ThrottleRule _ofAddress;
    private readonly ThrottleRule _ofAccount;
    private readonly ThrottleRule _ofSecondFactor;

    internal LoginThrottle(IThrottleStore store, IOptions<ThrottlingOptions> options, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
        var set = options.Value;
        _ofDevice = new ThrottleRule { Free = set.DeviceFailures, LongestDelay = set.LongestDelay, Window = set.Window };
        _ofKnownDevice = _ofDevice with { Window = KnownDevices.Lifetime, StopAt = set.AccountStop };
        _ofAddress = _ofDevice with { Free = set.AddressFailures };
        _ofAccount = _ofDevice with { Free = set.AccountFailures, Window = set.AccountWindow, StopAt = set.AccountStop };
        _ofSecondFactor = new ThrottleRule
        {
            Free = set.SecondFactorFailures,
            FirstDelay = SecondFactorWindow,
            LongestDelay = SecondFactorWindow,
            Window = SecondFactorWindow,
        };
    }

    /// <summary>
    /// Counts a wrong second factor before it is checked: null where it may be checked, otherwise how long to wait. Call
    /// <see cref="ResetSecondFactorAsync"/> where it was right. The device does not matter.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nobody can tell; refuse.</exception>
    public Task<TimeSpan?> TryTakeSecondFactorAsync(string operatorId, CancellationToken cancellationToken) => _store.TakeAsync(
        [new ThrottleUse(ThrottleKeys.OfSecondFactor(operatorId), _ofSecondFactor)], _clock.GetUtcNow(), cancellationToken);

    /// <summary>
    /// Counts a wrong agent key before it is looked at: null where it may be, otherwise how long to wait. Call
    /// <see cref="GiveBackAgentKeyAsync"/> where it was right.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nobody can tell; refuse.</exception>
    public Task<TimeSpan?> TryTakeAgentKeyAsync(string? ip, CancellationToken cancellationToken) => _store.TakeAsync(
        [new ThrottleUse(ThrottleKeys.OfAgentKeys(NetworkAddress.Of(ip)), _ofAddress)], _clock.GetUtcNow(), cancellationToken);

    /// <summary>The agent key was right; others that were wrong still count.</summary>
    /// <exception cref="StoreUnavailableException">The attempt still counts as a failure.</exception>
    public Task GiveBackAgentKeyAsync(string? ip, CancellationToken cancellationToken) =>
        _store.GiveBackAsync([], [ThrottleKeys.OfAgentKeys(NetworkAddress.Of(ip))], cancellationToken);

    /// <summary>Forgets an operator's wrong second factors.</summary>
    /// <exception cref="StoreUnavailableException">They still count.</exception>
    public Task ResetSecondFactorAsync(string operatorId, CancellationToken cancellationToken) =>
        _store.GiveBackAsync([ThrottleKeys.OfSecondFactor(operatorId)], [], cancellationToken);

    /// <summary>How unknown devices are throttled at an account now; null where nothing is counted.</summary>
    /// <exception cref="StoreUnavailableException">Nobody can tell.</exception>
    public async Task<AccountThrottle?> FindAsync(string account, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (await _store.FindAsync(ThrottleKeys.OfAccount(account), now, cancellationToken) is not { } state)
        {
            return null;
        }

        var wait = _ofAccount.WaitAfter(
            state.Failures, state.LastAt.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        var isStopped = state.Failures >= _ofAccount.StopAt;
        return new AccountThrottle(
            state.Failures, wait > 0 && !isStopped ? now.AddMilliseconds(wait) : null, isStopped);
    }

    /// <summary>Forgets every failure at an account, from whatever device, and its wrong second factors. Addresses still count theirs.</summary>
    /// <param name="account">The normalized name.</param>
    /// <param name="operatorId">Whose account it is.</param>
    /// <param name="audit">Commits with it; null where another entry tells of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="StoreUnavailableException">Nothing was forgotten.</exception>
    public Task UnlockAsync(string account, string operatorId, AuditEntry? audit, CancellationToken cancellationToken) =>
        UnlockAsync(account, [ThrottleKeys.OfAccount(account), ThrottleKeys.OfSecondFactor(operatorId)], audit, cancellationToken);

    /// <summary>Counts an attempt at a password before it is hashed.</summary>
    /// <param name="account">The normalized name, whoever has it.</param>
    /// <param name="device">The id of a device that this account knows; null for an unknown one.</param>
    /// <param name="ip">Where it comes from.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="StoreUnavailableException">Nobody can tell; refuse.</exception>
    internal async Task<LoginAttempt> TakeAsync(
        string account, string? device, string? ip, CancellationToken cancellationToken)
    {
        var ofAccount = ThrottleKeys.OfAccount(account);
        if (device is not null)
        {
            var ofKnown = ThrottleKeys.OfDevice(account, "known " + device);
            return await TakeAsync([Use(account, ofKnown, _ofKnownDevice)], [ofKnown, ofAccount], [], cancellationToken);
        }

        var address = NetworkAddress.Of(ip);
        var (ofDevice, ofAddress) = (ThrottleKeys.OfDevice(account, "at " + address), ThrottleKeys.OfAddress(address));
        return await TakeAsync(
            [Use(account, ofDevice, _ofDevice), new ThrottleUse(ofAddress, _ofAddress), new ThrottleUse(ofAccount, _ofAccount)],
            [ofDevice, ofAccount],
            [ofAddress],
            cancellationToken);
    }

    /// <summary>The same for whoever is signed in and says the password again: a session is a device that nobody can change.</summary>
    /// <exception cref="StoreUnavailableException">Nobody can tell; refuse.</exception>
    internal Task<LoginAttempt> TakeInSessionAsync(string account, string? session, CancellationToken cancellationToken)
    {
        var ofSession = ThrottleKeys.OfDevice(account, "in " + session);
        return TakeAsync([Use(account, ofSession, _ofDevice)], [ofSession], [], cancellationToken);
    }

    /// <summary>The password was right.</summary>
    /// <exception cref="StoreUnavailableException">The attempt still counts as a failure.</exception>
    internal Task SucceededAsync(LoginAttempt attempt, CancellationToken cancellationToken) =>
        _store.GiveBackAsync(attempt.Cleared, attempt.Returned, cancellationToken);

    /// <summary>No password was looked at.</summary>
    /// <exception cref="StoreUnavailableException">The attempt still counts as a failure.</exception>
    internal Task NotMadeAsync(LoginAttempt attempt, CancellationToken cancellationToken) =>
        _store.GiveBackAsync([], attempt.Counted, cancellationToken);

    /// <summary>The account has a new password: whatever was guessed at was another one.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was forgotten.</exception>
    internal Task PasswordChangedAsync(string account, CancellationToken cancellationToken) =>
        UnlockAsync(account, [ThrottleKeys.OfAccount(account)], null, cancellationToken);

    private static ThrottleUse Use(string account, byte[] key, ThrottleRule rule) =>
        new(key, rule, ThrottleKeys.OfUnlock(account));

    private async Task<LoginAttempt> TakeAsync(
        IReadOnlyList<ThrottleUse> uses,
        IReadOnlyList<byte[]> cleared,
        IReadOnlyList<byte[]> returned,
        CancellationToken cancellationToken) => new()
        {
            Wait = await _store.TakeAsync(uses, _clock.GetUtcNow(), cancellationToken),
            Cleared = cleared,
            Returned = returned,
            Counted = [.. uses.Select(use => use.Key)],
        };

    private Task UnlockAsync(
        string account, IReadOnlyList<byte[]> cleared, AuditEntry? audit, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();

        // Stopped counters of devices never expire, and neither may what clears them.
        return _store.UnlockAsync(
            new ThrottleUnlock(cleared, ThrottleKeys.OfUnlock(account), now, DateTimeOffset.MaxValue), audit, cancellationToken);
    }
}
