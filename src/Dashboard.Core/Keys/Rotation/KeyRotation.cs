using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys.Rotation;

/// <summary>Lets the next key sign, and puts a new one behind it.</summary>
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
    /// Promotes the next key of an algorithm and puts a new one behind it, in one step. With <c>Revoke</c> the old key's tokens are
    /// refused from that moment on, and a young next key is promoted in any case: a compromise does not wait.
    /// </summary>
    public async Task<KeyRotationOutcome> RotateAsync(
        RotateKeys command, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageKeys);
        var (current, next) = KeysOf(command);
        var now = _clock.GetUtcNow();
        if (next is null || RefusalOf(command, next, now) is not null)
        {
            return RefusalOf(command, next, now)!;
        }

        List<(KeyState? From, SigningKey Key)> changes =
        [
            (KeyState.Next, next with { State = KeyState.Current, CurrentSince = now }),
            (null, _ring.NewKey(next.Algorithm)),
        ];
        if (current is not null)
        {
            changes.Insert(0, (KeyState.Current, command.Revoke
                ? current with { State = KeyState.Revoked, PreviousSince = now, RevokedAt = now }
                : current with { State = KeyState.Previous, PreviousSince = now }));
        }

        return await _ring.ApplyAsync(changes, AuditOf(command, current, next, who), cancellationToken)
            ? new KeyRotationOutcome.Rotated(next.KeyId, current?.KeyId)
            : new KeyRotationOutcome.Overtaken();
    }

    /// <summary>Says what <see cref="RotateAsync"/> would do now, and does nothing.</summary>
    public async Task<KeyRotationTrial> TryRotateAsync(RotateKeys command, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var (current, next) = KeysOf(command);
        return new KeyRotationTrial(
            next?.KeyId,
            current?.KeyId,
            command.Revoke ? KeyState.Revoked : KeyState.Previous,
            current is null ? KeyUsage.None : await _usage.ReadUsageAsync(current.KeyId, now, cancellationToken),
            RefusalOf(command, next, now));
    }

    private (SigningKey? Current, SigningKey? Next) KeysOf(RotateKeys command)
    {
        var algorithm = command.Algorithm ?? _ring.Algorithms[0];
        return (_ring.CurrentOf(algorithm), _ring.NextOf(algorithm));
    }

    private KeyRotationOutcome? RefusalOf(RotateKeys command, SigningKey? next, DateTimeOffset now)
    {
        if (next is null)
        {
            return new KeyRotationOutcome.Unknown(command.Algorithm ?? _ring.Algorithms[0]);
        }

        if (command.Force || command.Revoke)
        {
            return null;
        }

        if (next.Algorithm.IsSymmetric && next.SharedAt is null)
        {
            return new KeyRotationOutcome.NotShared(next.KeyId);
        }

        return next.CreatedAt + _options.PrePublishWindow is var readyAt && readyAt > now
            ? new KeyRotationOutcome.TooYoung(next.KeyId, readyAt)
            : null;
    }

    private static AuditEntry AuditOf(RotateKeys command, SigningKey? current, SigningKey next, Actor who) => new(
        who,
        command.Revoke ? "keys.rotated_and_revoked" : "keys.rotated",
        "key",
        current?.KeyId ?? next.KeyId,
        command.Reason,
        After: AuditJson.Write(
            ("algorithm", next.Algorithm.ToString()),
            ("current", next.KeyId),
            ("old", current?.KeyId),
            ("old_state", current is null ? null : (command.Revoke ? KeyState.Revoked : KeyState.Previous).ToString())));
}

/// <summary>How to rotate.</summary>
/// <param name="Algorithm">Whose keys; null for the default algorithm's.</param>
/// <param name="Force">Promote a next key that has not been published for the whole pre-publish window, or that nobody was shown.</param>
/// <param name="Revoke">Refuse every token of the old key from now on.</param>
/// <param name="Reason">Why, in the caller's words.</param>
public sealed record RotateKeys(KeyAlgorithm? Algorithm, bool Force, bool Revoke, string? Reason);
