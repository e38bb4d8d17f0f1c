using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Sessions;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Throttling;

namespace Dashboard.Core.Operators.SecondFactors;

/// <summary>Checks the code that somebody typed: of their authenticator app, or one of their recovery codes.</summary>
public sealed class SecondFactorCheck
{
    private const int LongestCode = 64;

    private readonly OperatorDirectory _directory;
    private readonly OperatorChanges _changes;
    private readonly AuthenticatorSeeds _seeds;
    private readonly RecoveryCodes _recovery;
    private readonly LoginThrottle _throttle;
    private readonly EventLog _events;
    private readonly SignetMeters _meters;
    private readonly TimeProvider _clock;

    internal SecondFactorCheck(
        OperatorDirectory directory,
        OperatorChanges changes,
        AuthenticatorSeeds seeds,
        RecoveryCodes recovery,
        LoginThrottle throttle,
        EventLog events,
        SignetMeters meters,
        TimeProvider clock) =>
        (_directory, _changes, _seeds, _recovery, _throttle, _events, _meters, _clock) =
        (directory, changes, seeds, recovery, throttle, events, meters, clock);

    /// <summary>
    /// Checks and uses a code up: of any number of concurrent calls with the same code one is accepted. Records a refusal.
    /// </summary>
    public async Task<SecondFactorVerdict> VerifyAsync(
        string operatorId, string code, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (code.Length > LongestCode || _directory.Find(operatorId) is not { IsEnabled: true } found)
        {
            return new SecondFactorVerdict.Refused();
        }

        // Counted before it is checked, whoever asks and from wherever: a code has few digits (MFA-03).
        if (await _throttle.TryTakeSecondFactorAsync(operatorId, cancellationToken) is { } wait)
        {
            _meters.LoginRefused("RATE_LIMITED");
            return new SecondFactorVerdict.Throttled(wait);
        }

        var plain = code.Replace(" ", "", StringComparison.Ordinal);
        var kind = await UseAsync(found, plain, origin, cancellationToken);
        if (kind is { } shown)
        {
            await _throttle.ResetSecondFactorAsync(operatorId, cancellationToken);
            return new SecondFactorVerdict.Accepted(shown);
        }

        _meters.LoginRefused("INVALID_CREDENTIALS");
        _events.Record(new SecurityEvent
        {
            At = _clock.GetUtcNow(),
            Kind = EventKinds.LoginRefused,
            Outcome = EventOutcome.Refused,
            Code = "INVALID_CREDENTIALS",
            Subject = found.UserName,
            Origin = origin,
            Detail = "The second factor was wrong, or was used already.",
        });
        return new SecondFactorVerdict.Refused();
    }

    private async Task<SecondFactorKind?> UseAsync(
        OperatorAccount found, string code, RequestOrigin origin, CancellationToken cancellationToken) =>
        code.Length == TimeBasedCode.Digits
            ? await UseOneTimeCodeAsync(found, code, cancellationToken) ? SecondFactorKind.OneTimeCode : null
            : await UseRecoveryCodeAsync(found, code, origin, cancellationToken) ? SecondFactorKind.RecoveryCode : null;

    private async Task<bool> UseOneTimeCodeAsync(OperatorAccount found, string code, CancellationToken cancellationToken)
    {
        if (found.SecondFactors.Authenticator is not { } authenticator
            || TimeBasedCode.FindStep(_seeds.Open(found.Id, authenticator), code, _clock.GetUtcNow()) is not { } step)
        {
            return false;
        }

        // Asked again where somebody was faster: whoever was has moved the last step on.
        return await _changes.ApplyAsync(
            found.Id,
            now => now.SecondFactors.Authenticator is { } stored
                && stored.SealedSeed == authenticator.SealedSeed
                && stored.LastStep < step
                ? now with { SecondFactors = now.SecondFactors with { Authenticator = stored with { LastStep = step } } }
                : null,
            audit: null,
            cancellationToken) is OperatorChangeOutcome.Changed;
    }

    private async Task<bool> UseRecoveryCodeAsync(
        OperatorAccount found, string code, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (_recovery.HashOf(found.Id, code) is not { } hash)
        {
            return false;
        }

        return await _changes.ApplyAsync(
            found.Id,
            now => now.SecondFactors.RecoveryCodes.Contains(hash, StringComparer.Ordinal)
                ? now with { SecondFactors = now.SecondFactors with { RecoveryCodes = [.. now.SecondFactors.RecoveryCodes.Where(each => each != hash)] } }
                : null,
            new AuditEntry(new Actor(found.UserName, found.Role, origin.Ip), "operator.recovery_code_used", "operator", found.Id),
            cancellationToken) is OperatorChangeOutcome.Changed;
    }
}

/// <summary>What became of a second factor.</summary>
public abstract record SecondFactorVerdict
{
    private SecondFactorVerdict()
    {
    }

    public sealed record Accepted(SecondFactorKind Kind) : SecondFactorVerdict;

    /// <summary>Wrong, used already, or not theirs: nobody is told which.</summary>
    public sealed record Refused : SecondFactorVerdict;

    /// <summary>Too many wrong ones; nothing was checked.</summary>
    public sealed record Throttled(TimeSpan Wait) : SecondFactorVerdict;
}
