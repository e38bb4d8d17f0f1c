using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Hosting;
using Dashboard.Hosting.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Keys;

/// <summary>How keys go on in their lives, in the API.</summary>
internal static class KeyRotationEndpoints
{
    /// <summary>Lets the next key sign. What the old one signed stays good, unless it is revoked.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<RotationJson>, Ok<RotationTrialJson>, ProblemResult>> RotateAsync(
        RotateKeysRequest body, HttpContext context, KeyRotation rotation, CancellationToken cancellationToken)
    {
        var algorithm = KeyAlgorithms.Parse(body.Algorithm);
        if (body.Algorithm is not null && algorithm is null)
        {
            return Problems.Invalid(new ValidationError("algorithm", $"must be one of {KeyAlgorithms.Names}"));
        }

        var command = new RotateKeys(algorithm, body.Force, body.Revoke, body.Reason.Trim());
        if (body.DryRun)
        {
            return TypedResults.Ok(RotationTrialJson.Of(await rotation.TryRotateAsync(command, cancellationToken)));
        }

        var outcome = await rotation.RotateAsync(command, context.Actor(), cancellationToken);
        return outcome is KeyRotationOutcome.Rotated rotated
            ? TypedResults.Ok(new RotationJson(rotated.CurrentKeyId, rotated.OldKeyId))
            : KeyProblems.Of(outcome);
    }

    /// <summary>Retires a key that signs no more: what it signed is refused from then on.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<RetirementJson>, Ok<KeyTrialJson>, ProblemResult>> RetireAsync(
        string kid, EndKeyRequest body, HttpContext context, KeyRetirement retirement, CancellationToken cancellationToken)
    {
        if (body.DryRun)
        {
            return await retirement.TryRetireAsync(kid, cancellationToken) is { } trial
                ? TypedResults.Ok(KeyTrialJson.Of(
                    kid, KeyState.Retired, trial.Usage, trial.Refusal is null ? null : KeyProblems.Of(trial.Refusal)))
                : KeyProblems.Unknown;
        }

        var outcome = await retirement.RetireAsync(kid, body.Reason.Trim(), context.Actor(), cancellationToken);
        return outcome is KeyRetirementOutcome.Retired retired
            ? TypedResults.Ok(new RetirementJson(retired.At))
            : KeyProblems.Of(outcome);
    }

    /// <summary>Revokes a key: what it signed is refused at once.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<KeyRevocationJson>, Ok<KeyTrialJson>, ProblemResult>> RevokeAsync(
        string kid, EndKeyRequest body, HttpContext context, KeyRetirement retirement, CancellationToken cancellationToken)
    {
        if (body.DryRun)
        {
            var trial = await retirement.TryRevokeAsync(kid, cancellationToken);
            return trial.Refusal is KeyRevocationOutcome.Unknown
                ? KeyProblems.Unknown
                : TypedResults.Ok(KeyTrialJson.Of(
                    kid, KeyState.Revoked, trial.Usage, trial.Refusal is null ? null : KeyProblems.Of(trial.Refusal)));
        }

        return await retirement.RevokeAsync(kid, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            KeyRevocationOutcome.Revoked revoked => TypedResults.Ok(new KeyRevocationJson(revoked.At, false)),
            KeyRevocationOutcome.Already already => TypedResults.Ok(new KeyRevocationJson(already.At, true)),
            var refused => KeyProblems.Of(refused),
        };
    }
}

/// <summary>How to rotate and why.</summary>
/// <param name="Algorithm">Whose keys; null for the default algorithm's.</param>
/// <param name="Force">Promote a next key that is not yet known everywhere.</param>
/// <param name="Revoke">Refuse every token of the old key from now on.</param>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what would happen.</param>
public sealed record RotateKeysRequest(
    [property: StringLength(10)] string? Algorithm,
    bool Force,
    bool Revoke,
    [property: Required, StringLength(500, MinimumLength = 3)] string Reason,
    bool DryRun);

/// <summary>Why a key ends.</summary>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what would happen.</param>
public sealed record EndKeyRequest([property: Required, StringLength(500, MinimumLength = 3)] string Reason, bool DryRun);
