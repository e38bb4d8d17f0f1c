using Dashboard.Core.Access;
using Dashboard.Core.Audit;

namespace Dashboard.Core.Keys.Rotation;

/// <summary>Ends keys that sign no more: retires what is not needed any longer, revokes what may have been seen.</summary>
public sealed class KeyRetirement
{
    private readonly KeyRing _ring;
    private readonly IKeyUsage _usage;
    private readonly AccessControl _access;
    private readonly TimeProvider _clock;

    internal KeyRetirement(KeyRing ring, IKeyUsage usage, AccessControl access, TimeProvider clock) =>
        (_ring, _usage, _access, _clock) = (ring, usage, access, clock);

    /// <summary>Takes a previous key out of the JWKS; refused until everything it signed has expired.</summary>
    public async Task<KeyRetirementOutcome> RetireAsync(
        string keyId, string? reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageKeys);
        if (_ring.Find(keyId) is not { } key)
        {
            return new KeyRetirementOutcome.Unknown();
        }

        var now = _clock.GetUtcNow();
        if (RefusalOf(key, await _usage.ReadUsageAsync(keyId, now, cancellationToken), now) is { } refusal)
        {
            return refusal;
        }

        return await _ring.ApplyAsync(
            [(KeyState.Previous, key with { State = KeyState.Retired, RetiredAt = now })],
            new AuditEntry(who, "keys.retired", "key", keyId, reason),
            cancellationToken)
            ? new KeyRetirementOutcome.Retired(now)
            : new KeyRetirementOutcome.WrongState(_ring.Find(keyId)!.State);
    }

    /// <summary>Says what <see cref="RetireAsync"/> would do now, and does nothing; null where there is no such key.</summary>
    public async Task<KeyRetirementTrial?> TryRetireAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_ring.Find(keyId) is not { } key)
        {
            return null;
        }

        var now = _clock.GetUtcNow();
        var usage = await _usage.ReadUsageAsync(keyId, now, cancellationToken);
        return new KeyRetirementTrial(usage, RefusalOf(key, usage, now));
    }

    /// <summary>
    /// Refuses from now on what a key signed that signs no more or does not sign yet; a new one takes the place of the latter.
    /// </summary>
    public async Task<KeyRevocationOutcome> RevokeAsync(
        string keyId, string? reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageKeys);
        if (_ring.Find(keyId) is not { } key || RefusalOf(key) is not null)
        {
            return RefusalOf(_ring.Find(keyId))!;
        }

        var now = _clock.GetUtcNow();
        List<(KeyState? From, SigningKey Key)> changes = [(key.State, key with { State = KeyState.Revoked, RevokedAt = now })];
        if (key.State is KeyState.Next)
        {
            changes.Add((null, _ring.NewKey(key.Algorithm)));
        }

        return await _ring.ApplyAsync(changes, new AuditEntry(who, "keys.revoked", "key", keyId, reason), cancellationToken)
            ? new KeyRevocationOutcome.Revoked(now)
            : RefusalOf(_ring.Find(keyId)) ?? new KeyRevocationOutcome.WrongState(_ring.Find(keyId)!.State);
    }

    /// <summary>Says what <see cref="RevokeAsync"/> would do now, and does nothing.</summary>
    public async Task<KeyRevocationTrial> TryRevokeAsync(string keyId, CancellationToken cancellationToken)
    {
        var key = _ring.Find(keyId);
        return new KeyRevocationTrial(
            key is null ? KeyUsage.None : await _usage.ReadUsageAsync(keyId, _clock.GetUtcNow(), cancellationToken),
            RefusalOf(key));
    }

    private static KeyRetirementOutcome? RefusalOf(SigningKey key, KeyUsage usage, DateTimeOffset now) =>
        key.State is not KeyState.Previous ? new KeyRetirementOutcome.WrongState(key.State)
        : usage.LastExpiryAt > now
            ? new KeyRetirementOutcome.StillNeeded(usage.LastExpiryAt.Value, usage.LiveTokens, usage.IsCapped)
            : null;

    private static KeyRevocationOutcome? RefusalOf(SigningKey? key) => key switch
    {
        null => new KeyRevocationOutcome.Unknown(),
        { State: KeyState.Revoked } => new KeyRevocationOutcome.Already(key.RevokedAt!.Value),
        { State: KeyState.Previous or KeyState.Next } => null,
        _ => new KeyRevocationOutcome.WrongState(key.State),
    };
}
