using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Hosting;
using Dashboard.SignIn.Proofs;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Dashboard.SignIn;

/// <summary>Holds every request with a cookie to its browser, and sends people without a session to the login page.</summary>
internal sealed class SessionCookieEvents(SessionGuard guard, SessionDirectory sessions) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var request = context.HttpContext;
        if (request.Features.Get<CurrentSession>() is not { EndReason: null, IsChallenged: false, Session: var session })
        {
            context.RejectPrincipal();
            return;
        }

        switch (await guard.CheckAsync(session, request.ClientHeaders(), request.Origin(), request.RequestAborted))
        {
            case SessionLookup.Live:
                break;
            case SessionLookup.Challenged:
                request.Features.Set(new CurrentSession(session) { IsChallenged = true });
                context.RejectPrincipal();
                return;
            case SessionLookup.Ended { Reason: var reason }:
                request.Features.Set(new CurrentSession(session, reason));
                context.RejectPrincipal();
                return;
            default:
                context.RejectPrincipal();
                return;
        }

        // Scripts and circuits ask by themselves: only what a person does keeps a session from becoming idle.
        if (request.Request.IsNavigation)
        {
            await sessions.TouchAsync(session, request.RequestAborted);
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!context.Request.IsNavigation)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var current = context.HttpContext.Features.Get<CurrentSession>();
        var returnUrl = HttpMethods.IsGet(context.Request.Method)
            ? context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent()
            : null;
        if (current is { IsChallenged: true })
        {
            context.Response.SeeOther(ConfirmAddress.With(returnUrl));
            return Task.CompletedTask;
        }

        context.Options.CookieManager.DeleteCookie(
            context.HttpContext, context.Options.Cookie.Name!, context.Options.Cookie.Build(context.HttpContext));
        context.Response.SeeOther(current?.EndReason is { } known
            ? SignInAddress.With(known, returnUrl)
            : SignInAddress.With((string?)null, returnUrl));
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    // The pages redirect by themselves, to addresses they have checked.
    public override Task RedirectToReturnUrl(RedirectContext<CookieAuthenticationOptions> context) => Task.CompletedTask;

    public override Task RedirectToLogout(RedirectContext<CookieAuthenticationOptions> context) => Task.CompletedTask;
}
