using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Hosting;
using Dashboard.Hosting.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Keys;

/// <summary>The key ring in the API.</summary>
internal static class KeyEndpoints
{
    private const string Path = "/dashboard/keys";

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).WithTags("Keys").RequireAntiforgeryForCookies();

        group.MapGet("/", ListAsync).WithName("ListKeys").RequireAuthorization(Policies.ReadKeys);
        group.MapPost("/", CreateAsync).WithName("CreateKey").RequireAuthorization(Policies.ManageKeys);
        group.MapPost("/rotation", KeyRotationEndpoints.RotateAsync).WithName("RotateKeys").RequireAuthorization(Policies.ManageKeys);
        group.MapGet("/{kid}/public", PublicPart).WithName("ExportPublicKey").ProducesFile("application/x-pem-file", "application/jwk+json").RequireAuthorization(Policies.ReadKeys);
        group.MapPost("/{kid}/retirement", KeyRotationEndpoints.RetireAsync).WithName("RetireKey").RequireAuthorization(Policies.ManageKeys);
        group.MapPost("/{kid}/revocation", KeyRotationEndpoints.RevokeAsync).WithName("RevokeKey").RequireAuthorization(Policies.ManageKeys);
    }

    /// <summary>Lists the keys that tokens are signed with.</summary>
    /// <remarks>The whole ring on one page: there are few keys, and they belong together.</remarks>
    internal static async Task<Ok<KeyListJson>> ListAsync(KeySources sources, CancellationToken cancellationToken) =>
        TypedResults.Ok(await KeyListJson.ReadAsync(sources, cancellationToken));

    /// <summary>Makes a key that signs after the next rotation, or takes one that was made elsewhere.</summary>
    [Refuses(ErrorCode.Conflict)]
    internal static async Task<Results<Created<CreatedKeyJson>, ProblemResult>> CreateAsync(
        CreateKeyRequest body, HttpContext context, KeyMaking making, Creations creations, CancellationToken cancellationToken)
    {
        if (FaultsOf(body) is { Length: > 0 } faults)
        {
            return Problems.Invalid(faults);
        }

        await using var creation = await creations.BeginAsync(
            context, body with { Material = DigestOf(body.Material) }, cancellationToken, RepeatedCreation.OfKey);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        var (algorithm, reason) = (KeyAlgorithms.Parse(body.Algorithm), body.Reason.Trim());
        var state = body.State is "previous" ? KeyState.Previous : KeyState.Next;
        var outcome = body.Material is { } material
            ? await making.ImportAsync(new KeyImport(material, algorithm, body.Kid, state, reason), context.Actor(), cancellationToken)
            : await making.CreateAsync(algorithm, reason, context.Actor(), cancellationToken);
        if (outcome is not KeyCreation.Created { Key: var key } created)
        {
            return KeyProblems.Of(outcome);
        }

        await creation.MadeAsync(key.KeyId);
        return TypedResults.Created(
            $"{Path}/{key.KeyId}/public", new CreatedKeyJson(key.KeyId, key.Algorithm.ToString(), key.State, created.Secret));
    }

    /// <summary>Gives the public part of a key, for verifiers that fetch no JWKS.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static Results<ContentHttpResult, ProblemResult> PublicPart(
        string kid, [Description("pem, or jwk; pem without it.")] string? format, KeyRing ring)
    {
        if (ring.Find(kid) is not { } key)
        {
            return KeyProblems.Unknown;
        }

        if (key.Algorithm.IsSymmetric)
        {
            return KeyProblems.NoPublicPart;
        }

        return format switch
        {
            null or "pem" => TypedResults.Text(PublicKeys.WritePem(key), "application/x-pem-file"),
            "jwk" => TypedResults.Text(PublicKeys.WriteJwk(key), "application/jwk+json"),
            _ => Problems.Invalid(new ValidationError("format", "must be pem or jwk")),
        };
    }

    // What tells one request from another, without the key.
    private static string? DigestOf(string? material) =>
        material is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(material)));

    private static ValidationError[] FaultsOf(CreateKeyRequest body)
    {
        ValidationError?[] found =
        [
            body.Algorithm is not null && KeyAlgorithms.Parse(body.Algorithm) is null
                ? new ValidationError("algorithm", $"must be one of {KeyAlgorithms.Names}")
                : null,
            body is { Material: null, Kid: not null } ? new ValidationError("kid", "belongs to material that is given") : null,
            body is { Material: null, State: not (null or "next") }
                ? new ValidationError("state", "must be next for a key that is made here")
                : null,
        ];
        return [.. found.OfType<ValidationError>()];
    }
}

/// <summary>A key to make, or to bring here.</summary>
/// <param name="Algorithm">How it signs; null for the default, or for what the material says.</param>
/// <param name="Material">A private key as PEM or JWK, or a shared secret; null to make a fresh key.</param>
/// <param name="Kid">What the key's tokens call it; null for what a JWK says, or a new name.</param>
/// <param name="State"><c>next</c> to sign after a rotation, <c>previous</c> to verify alone; null for the first.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record CreateKeyRequest(
    [property: StringLength(10)] string? Algorithm,
    [property: StringLength(16_384)] string? Material,
    [property: StringLength(128)] string? Kid,
    [property: RegularExpression("^(next|previous)$", ErrorMessage = "must be next or previous")] string? State,
    [property: Required, StringLength(500, MinimumLength = 3)] string Reason)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Algorithm} {Kid} ({State})";
}
