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

    internal static async Task<Ok<IReadOnlyList<KeyJson>>> ListAsync(
        KeyRing ring, IKeyUsage usage, TimeProvider clock, CancellationToken cancellationToken)
    {
        List<KeyJson> keys = [];
        foreach (var key in ring.All)
        {
            keys.Add(KeyJson.Of(key, await usage.ReadUsageAsync(key.KeyId, clock.GetUtcNow(), cancellationToken)));
        }

        return TypedResults.Ok<IReadOnlyList<KeyJson>>(keys);
    }

    internal static async Task<Results<Ok<RotationJson>, ProblemResult>> RotateAsync(
        RotateKeysRequest body, HttpContext context, KeyRotation rotation, CancellationToken cancellationToken) =>
        await rotation.RotateAsync(new RotateKeys(body.Force, body.Revoke, body.Reason.Trim()), context.Actor(), cancellationToken) switch
        {
            KeyRotationOutcome.Rotated rotated => TypedResults.Ok(new RotationJson(rotated.CurrentKeyId, rotated.OldKeyId)),
            KeyRotationOutcome.TooYoung young => Problems.Create(
                ErrorCode.Conflict,
                $"The next key has not been published long enough; it is known everywhere from {Problems.Iso(young.ReadyAt)}. "
                + "Rotating sooner needs force.",
                ("ready_at", young.ReadyAt)),
            KeyRotationOutcome.Overtaken => Problems.Create(
                ErrorCode.Conflict, "Somebody else rotated at the same moment; the keys were rotated once."),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };

    internal static async Task<Results<Ok<RetirementJson>, ProblemResult>> RetireAsync(
        string kid, ReasonRequest body, HttpContext context, KeyRotation rotation, CancellationToken cancellationToken) =>
        await rotation.RetireAsync(kid, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            KeyRetirementOutcome.Retired retired => TypedResults.Ok(new RetirementJson(retired.At)),
            KeyRetirementOutcome.StillNeeded needed => Problems.Create(
                ErrorCode.Conflict,
                $"The key is needed until {Problems.Iso(needed.Until)}: {needed.LiveTokens}{(needed.IsCapped ? "+" : "")} "
                + "live tokens were signed with it.",
                ("needed_until", needed.Until),
                ("live_tokens", needed.LiveTokens)),
            KeyRetirementOutcome.WrongState wrong => Problems.Create(
                ErrorCode.Conflict, $"Only a previous key can be retired; this one is {wrong.State.ToString().ToLowerInvariant()}."),
            KeyRetirementOutcome.Unknown => Problems.Create(ErrorCode.NotFound, "There is no key with this kid."),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
}

/// <summary>How to rotate and why.</summary>
/// <param name="Force">Promote a next key that is not yet known everywhere.</param>
/// <param name="Revoke">Refuse every token of the old key from now on.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record RotateKeysRequest(bool Force, bool Revoke, [property: Required, StringLength(500, MinimumLength = 3)] string Reason);

/// <summary>Why something is done, for the audit log.</summary>
public sealed record ReasonRequest([property: Required, StringLength(500, MinimumLength = 3)] string Reason);

internal sealed record RotationJson(string CurrentKid, string OldKid);

internal sealed record RetirementJson(DateTimeOffset RetiredAt);

internal sealed record KeyJson(
    string Kid,
    string Alg,
    KeyState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CurrentSince,
    DateTimeOffset? PreviousSince,
    DateTimeOffset? RetiredAt,
    DateTimeOffset? RevokedAt,
    long LiveTokens,
    bool LiveTokensIsCapped,
    DateTimeOffset? LastSignedAt,
    DateTimeOffset? LastExpiryAt)
{
    public static KeyJson Of(SigningKey key, KeyUsage usage) => new(
        key.KeyId,
        key.Algorithm.ToString(),
        key.State,
        key.CreatedAt,
        key.CurrentSince,
        key.PreviousSince,
        key.RetiredAt,
        key.RevokedAt,
        usage.LiveTokens,
        usage.IsCapped,
        usage.LastSignedAt,
        usage.LastExpiryAt);
}
