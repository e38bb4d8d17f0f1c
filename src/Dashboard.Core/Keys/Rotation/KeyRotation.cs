using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys.Rotation;

/// <summary>Moves keys through their lives: rotate, rotate and revoke, retire.</summary>
public sealed class KeyRotation
{
    private readonly KeyRing _ring;
    private readonly IKeyUsage _usage;
    private readonly AccessControl _access;
    private readonly KeyOptions _options;
    private readonly TimeProvider _clock;

    internal KeyRotation(
        KeyRing ring, IKeyUsage usage, AccessControl access, IOptions<KeyOptions> options, TimeProvider clock) =>
        (_ring, _usage, _access, _options, _clock) = (ring, usage, access, options.Value, clock);

    /// <summary>
    /// Promotes the next key and puts a new one behind it, in one step. With <c>Revoke</c> the old key's tokens are refused
    /// from that moment on, and a young next key is promoted in any case: a compromise does not wait.
    /// </summary>
    public async Task<KeyRotationOutcome> RotateAsync(
        RotateKeys command, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageKeys);
        var now = _clock.GetUtcNow();
        var (current, next) = (_ring.Current, _ring.Next!);
        if (RefusalOf(command, next, now) is { } refusal)
        {
            return refusal;
        }

        var old = command.Revoke
            ? current with { State = KeyState.Revoked, PreviousSince = now, RevokedAt = now }
            : current with { State = KeyState.Previous, PreviousSince = now };
        var promoted = next with { State = KeyState.Current, CurrentSince = now };
        var audit = new AuditEntry(
            who,
            command.Revoke ? "keys.rotated_and_revoked" : "keys.rotated",
            "key",
            current.KeyId,
            command.Reason,
            After: AuditJson.Write(("current", promoted.KeyId), ("old", current.KeyId), ("old_state", old.State.ToString())));

        return await _ring.ApplyAsync(
            [(KeyState.Current, old), (KeyState.Next, promoted), (null, _ring.NewKey(now))], audit, cancellationToken)
            ? new KeyRotationOutcome.Rotated(promoted.KeyId, current.KeyId)
            : new KeyRotationOutcome.Overtaken();
    }

    /// <summary>Says what <see cref="RotateAsync"/> would do now, and does nothing.</summary>
    public async Task<KeyRotationTrial> TryRotateAsync(RotateKeys command, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var (current, next) = (_ring.Current, _ring.Next!);
        return new KeyRotationTrial(
            next.KeyId,
            current.KeyId,
            command.Revoke ? KeyState.Revoked : KeyState.Previous,
            await _usage.ReadUsageAsync(current.KeyId, now, cancellationToken),
            RefusalOf(command, next, now));
    }

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
        var usage = await _usage.ReadUsageAsync(keyId, now, cancellationToken);
        if (RefusalOf(key, usage, now) is { } refusal)
        {
            return refusal;
        }

        var audit = new AuditEntry(who, "keys.retired", "key", keyId, reason);
        return await _ring.ApplyAsync(
            [(KeyState.Previous, key with { State = KeyState.Retired, RetiredAt = now })], audit, cancellationToken)
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

    private KeyRotationOutcome.TooYoung? RefusalOf(RotateKeys command, SigningKey next, DateTimeOffset now) =>
        next.CreatedAt + _options.PrePublishWindow is var readyAt && readyAt > now && !command.Force && !command.Revoke
            ? new KeyRotationOutcome.TooYoung(next.KeyId, readyAt)
            : null;

    private static KeyRetirementOutcome? RefusalOf(SigningKey key, KeyUsage usage, DateTimeOffset now) =>
        key.State is not KeyState.Previous ? new KeyRetirementOutcome.WrongState(key.State)
        : usage.LastExpiryAt > now
            ? new KeyRetirementOutcome.StillNeeded(usage.LastExpiryAt.Value, usage.LiveTokens, usage.IsCapped)
            : null;
}

/// <summary>How to rotate.</summary>
/// <param name="Force">Promote a next key that has not been published for the whole pre-publish window.</param>
/// <param name="Revoke">Refuse every token of the old key from now on.</param>
/// <param name="Reason">Why, in the caller's words.</param>
public sealed record RotateKeys(bool Force, bool Revoke, string? Reason);

/// <summary>What became of a rotation.</summary>
public abstract record KeyRotationOutcome
{
    private KeyRotationOutcome()
    {
    }

    public sealed record Rotated(string CurrentKeyId, string OldKeyId) : KeyRotationOutcome;

    /// <summary>The next key is not known to every verifier before <paramref name="ReadyAt"/>.</summary>
    public sealed record TooYoung(string KeyId, DateTimeOffset ReadyAt) : KeyRotationOutcome;

    /// <summary>Somebody else rotated at the same moment; nothing was done twice.</summary>
    public sealed record Overtaken : KeyRotationOutcome;
}

/// <summary>What became of a retirement.</summary>
public abstract record KeyRetirementOutcome
{
    private KeyRetirementOutcome()
    {
    }

    public sealed record Retired(DateTimeOffset At) : KeyRetirementOutcome;

    public sealed record StillNeeded(DateTimeOffset Until, long LiveTokens, bool IsCapped) : KeyRetirementOutcome;

    public sealed record WrongState(KeyState State) : KeyRetirementOutcome;

    public sealed record Unknown : KeyRetirementOutcome;
}
