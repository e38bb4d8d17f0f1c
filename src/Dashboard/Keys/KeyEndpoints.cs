using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Keys;

/// <summary>The key ring in the API.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/keys").WithTags("Keys").RequireAntiforgeryForCookies();

        group.MapGet("/", ListAsync).WithName("ListKeys").RequireAuthorization(Policies.ReadKeys);
        group.MapPost("/rotation", RotateAsync).WithName("RotateKeys").RequireAuthorization(Policies.ManageKeys);
        group.MapPost("/{kid}/retirement", RetireAsync).WithName("RetireKey").RequireAuthorization(Policies.ManageKeys);
    }

    /// <summary>The whole ring on one page: there are few keys, and they belong together.</summary>
    internal static async Task<Ok<PageJson<KeyJson>>> ListAsync(
        KeyRing ring, IKeyUsage usage, TimeProvider clock, CancellationToken cancellationToken)
    {
        List<KeyJson> keys = [];
        foreach (var key in ring.All)
        {
            keys.Add(KeyJson.Of(key, await usage.ReadUsageAsync(key.KeyId, clock.GetUtcNow(), cancellationToken)));
        }

        return TypedResults.Ok(new PageJson<KeyJson>(keys, null, keys.Count, false));
    }

    internal static async Task<Results<Ok<RotationJson>, Ok<RotationTrialJson>, ProblemResult>> RotateAsync(
        RotateKeysRequest body, HttpContext context, KeyRotation rotation, CancellationToken cancellationToken)
    {
        var command = new RotateKeys(body.Force, body.Revoke, body.Reason.Trim());
        if (body.DryRun)
        {
            return TypedResults.Ok(TrialOf(await rotation.TryRotateAsync(command, cancellationToken)));
        }

        var outcome = await rotation.RotateAsync(command, context.Actor(), cancellationToken);
        return outcome is KeyRotationOutcome.Rotated rotated
            ? TypedResults.Ok(new RotationJson(rotated.CurrentKeyId, rotated.OldKeyId))
            : KeyProblems.Of(outcome);
    }

    internal static async Task<Results<Ok<RetirementJson>, Ok<RetirementTrialJson>, ProblemResult>> RetireAsync(
        string kid, RetireKeyRequest body, HttpContext context, KeyRotation rotation, CancellationToken cancellationToken)
    {
        if (body.DryRun)
        {
            return await rotation.TryRetireAsync(kid, cancellationToken) is { } trial
                ? TypedResults.Ok(TrialOf(kid, trial))
                : KeyProblems.Of(new KeyRetirementOutcome.Unknown());
        }

        var outcome = await rotation.RetireAsync(kid, body.Reason.Trim(), context.Actor(), cancellationToken);
        return outcome is KeyRetirementOutcome.Retired retired
            ? TypedResults.Ok(new RetirementJson(retired.At))
            : KeyProblems.Of(outcome);
    }

    private static RotationTrialJson TrialOf(KeyRotationTrial trial) => new(
        trial.Refusal is null,
        trial.CurrentKeyId,
        trial.OldKeyId,
        trial.OldState,
        trial.Usage.LiveTokens,
        trial.Usage.IsCapped,
        trial.Usage.LastExpiryAt,
        trial.Refusal is null ? null : RefusalJson.Of(KeyProblems.Of(trial.Refusal)));

    private static RetirementTrialJson TrialOf(string keyId, KeyRetirementTrial trial) => new(
        trial.Refusal is null,
        keyId,
        KeyState.Retired,
        trial.Usage.LiveTokens,
        trial.Usage.IsCapped,
        trial.Usage.LastExpiryAt,
        trial.Refusal is null ? null : RefusalJson.Of(KeyProblems.Of(trial.Refusal)));
}

/// <summary>How to rotate and why.</summary>
/// <param name="Force">Promote a next key that is not yet known everywhere.</param>
/// <param name="Revoke">Refuse every token of the old key from now on.</param>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what would happen.</param>
public sealed record RotateKeysRequest(
    bool Force, bool Revoke, [property: Required, StringLength(500, MinimumLength = 3)] string Reason, bool DryRun);

/// <summary>Why a key is retired.</summary>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what would happen.</param>
public sealed record RetireKeyRequest([property: Required, StringLength(500, MinimumLength = 3)] string Reason, bool DryRun);
