using Dashboard.Core.Operators;
using Dashboard.Hosting;
using Dashboard.SignIn.SecondFactors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.SignIn.Proofs;

/// <summary>
/// Where an open page sends a proof of its person: a circuit has no response to set the new cookie on, and a password has no
/// business in it. The session's cookie alone is enough to come here, because what is shown here is more than a cookie.
/// </summary>
internal static class ProofEndpoints
{
    /// <summary>No form of another site can send it.</summary>
    public const string Header = "X-Signet-Proof";

    private const int LargestBody = 16 * 1024;

    public static void MapProofs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/session/proof")
            .WithTags("Sign-in")
            .ExcludeFromDescription()
            .AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .AddEndpointFilter(CheckAsync);

        group.MapPost("/", ProveAsync);
        group.MapPost("/passkey", OfferAsync);
    }

    internal static async Task<Results<NoContent, ProblemResult>> ProveAsync(
        ProofRequest body, HttpContext context, PersonProof proof) =>
        await proof.ProveAsync(context, context.Features.Get<CurrentSession>()!, body.ToForm()) switch
        {
            PersonProofOutcome.Proved => TypedResults.NoContent(),
            PersonProofOutcome.Throttled { Wait: var wait } => Problems.RateLimited(wait, "Too many attempts. Wait a moment, then try again."),
            PersonProofOutcome.SessionOver => Over(),
            PersonProofOutcome.NotBound => Problems.Create(
                ErrorCode.FingerprintRequired, "The browser did not send what its session is bound to."),
            _ => Problems.Create(ErrorCode.InvalidCredentials, "That was not right. Try again."),
        };

    internal static async Task<Results<Ok<PasskeyOffer>, ProblemResult>> OfferAsync(
        HttpContext context, Passkeys passkeys, OperatorDirectory operators) =>
        operators.Find(context.Features.Get<CurrentSession>()!.Session.OperatorId) is { } found
            ? TypedResults.Ok(await passkeys.OfferAsync(context, found))
            : Over();

    private static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (!context.RequestServices.GetRequiredService<OwnOrigins>().IsSameSiteRequest(context.Request)
            || context.Request.Headers[Header].Count != 1)
        {
            return Problems.ForeignOrigin();
        }

        return context.Features.Get<CurrentSession>() is { EndReason: null } ? await next(invocation) : Over();
    }

    private static ProblemResult Over() => Problems.Create(ErrorCode.SessionInvalid, "This session has ended. Sign in again.");
}

/// <summary>A proof from an open page.</summary>
public sealed record ProofRequest(
    string? Password, string? Code, string? Passkey, string? PasskeyState, string? Fingerprint, string? BrowserKey)
{
    internal ProofForm ToForm() => new()
    {
        Password = Password,
        Code = Code,
        Passkey = Passkey,
        PasskeyState = PasskeyState,
        Fingerprint = Fingerprint,
        BrowserKey = BrowserKey,
    };

    /// <summary>Without what it holds.</summary>
    public override string ToString() => nameof(ProofRequest);
}
