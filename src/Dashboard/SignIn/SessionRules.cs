using Dashboard.Core.Operators;
using Dashboard.Hosting;
using Dashboard.SignIn.Account;
using Dashboard.SignIn.Proofs;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;

namespace Dashboard.SignIn;

/// <summary>
/// What holds for every request of a browser session: circuits need one, changes come from our own pages, and before anything
/// else a password that somebody else chose is changed, and a second factor that the role needs is set up. After
/// authorization and antiforgery, before endpoints.
/// </summary>
internal sealed class SessionRules(RequestDelegate next, OwnOrigins origins, OperatorDirectory operators, FactorRules factors)
{
    public const string ChangePasswordPath = "/change-password";

    // Whoever fills these in has no session yet, or one that waits for them.
    private static readonly PathString[] Forms = [SignInAddress.Path, SignInAddress.SecondStepPath, ConfirmAddress.Path];

    public Task InvokeAsync(HttpContext context)
    {
        var session = CurrentSession.Of(context);
        if (context.Request.IsHub && session is null)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var isLogin = Forms.Contains(context.Request.Path);
        if (IsChange(context.Request) && context.GetEndpoint().IsMapped && (session is not null || isLogin) && !context.Request.IsHub)
        {
            if (!origins.IsSameSiteRequest(context.Request))
            {
                return Problems.WriteAsync(context, Problems.ForeignOrigin());
            }

            // Signed in or out in another tab meanwhile: a fresh form, not an error page.
            if (isLogin && context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
            {
                return Redirect(context, SignInAddress.With(SignOutNotice.FormExpired, context.Request.Query["returnUrl"]));
            }
        }

        return session is not null && FirstStep(context, session.OperatorId) is { } step ? RefuseUntilDone(context, step) : next(context);
    }

    // What somebody must do before anything else; null where nothing is in the way.
    private string? FirstStep(HttpContext context, string operatorId)
    {
        if (context.GetEndpoint() is not { } endpoint
            || endpoint.IsStaticAsset
            || (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
                && endpoint.Metadata.GetMetadata<AfterFirstStepsAttribute>() is null))
        {
            return null;
        }

        var step = operators.Find(operatorId) is { MustChangePassword: true } ? ChangePasswordPath
            : factors.MustSetUp(operatorId) ? FactorRules.Path
            : null;
        return context.Request.Path == step ? null : step;
    }

    private static Task RefuseUntilDone(HttpContext context, string step)
    {
        if (context.Request.IsNavigation)
        {
            return Redirect(context, SignInAddress.Before(context.Request, step));
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static Task Redirect(HttpContext context, string address)
    {
        context.Response.SeeOther(address);
        return Task.CompletedTask;
    }

    private static bool IsChange(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
}
