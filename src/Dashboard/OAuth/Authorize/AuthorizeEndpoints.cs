using Dashboard.Core.Grants.Authorizing;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.OAuth.Authorize;

/// <summary>
/// What a person decided. Whatever is wrong with the form itself leads back to the page (<see cref="AuthorizePage"/>), which
/// says or asks what it must.
/// </summary>
internal static class AuthorizeEndpoints
{
    public const string Path = "/oauth/authorize";

    private const int LargestBody = 16 * 1024;

    public static IServiceCollection AddAuthorize(this IServiceCollection services) => services.AddSingleton<AuthorizationAnswers>();

    public static void MapAuthorize(this IEndpointRouteBuilder routes) => routes.MapPost(Path, DecideAsync)
        .ExcludeFromDescription()
        .AllowAnonymous()
        .AllowRepeated(AuthorizeParameters.Known)
        .WithMetadata(new AfterFirstStepsAttribute(), new RequestSizeLimitAttribute(LargestBody));

    internal static async Task DecideAsync(
        HttpContext context,
        AuthorizationRequests requests,
        Consents consents,
        AuthorizationAnswers answers,
        IFormProofs proofs,
        IAntiforgery antiforgery)
    {
        var target = AuthorizeParameters.Itself(context.Request);
        if (IsSignedIn(context) && context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context))
        {
            target = await requests.CheckAsync(AuthorizeParameters.Read(context.Request), context.RequestAborted) switch
            {
                AuthorizationCheck.Accepted { Request: var request } =>
                    await AnswerAsync(context, request, consents, answers, proofs) ?? target,
                _ => target,
            };
        }

        context.Response.SeeOther(target);
    }

    /// <summary>True for a person in a browser; a program with a token cannot decide for anybody.</summary>
    public static bool IsSignedIn(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, AuthenticationType: Schemes.Session };

    /// <summary>What the browser signs: if anything of it has changed since the page was shown, the page is shown again.</summary>
    public static string ContentOf(AuthorizationRequest request) => string.Join(
        '\n',
        request.Client.Id,
        request.Client.Name,
        request.Target.RedirectUri,
        request.Target.State,
        request.CodeChallenge,
        string.Join(' ', request.Scopes),
        request.Resource);

    private static async Task<string?> AnswerAsync(
        HttpContext context, AuthorizationRequest request, Consents consents, AuthorizationAnswers answers, IFormProofs proofs)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        switch (form[ConsentForm.Decision].ToString())
        {
            case ConsentForm.Deny:
                await consents.DenyAsync(request, context.Actor(), context.Origin(), context.RequestAborted);
                return answers.Refused(request.Target, AuthorizationErrors.AccessDenied, "The person did not allow it.");
            case ConsentForm.Allow:
                var proof = new FormProof(form[ConsentForm.Challenge], form[ConsentForm.Fingerprint], form[ConsentForm.Signature]);
                return await proofs.CheckAsync(context, ContentOf(request), proof)
                    ? answers.Granted(
                        request.Target, await consents.GrantAsync(request, context.Actor(), context.Origin(), context.RequestAborted))
                    : null;
            default:
                return null;
        }
    }
}
