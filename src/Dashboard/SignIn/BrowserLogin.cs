using Dashboard.Core.Audit;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Hosting;

namespace Dashboard.SignIn;

/// <summary>Signs a browser in and out.</summary>
public sealed class BrowserLogin(
    OperatorLogin operators, SessionDirectory sessions, SessionEnding ending, SessionCookie cookie, DeviceCookie devices)
{
    /// <summary>Checks the form, begins a session under a new id and sets its cookie.</summary>
    public async Task<BrowserLoginOutcome> SignInAsync(HttpContext context, LoginForm form)
    {
        // Before the password, and whatever the password is.
        if (!CanBind(context, form.Fingerprint, form.BrowserKey))
        {
            return new BrowserLoginOutcome.NotBound();
        }

        switch (await operators.VerifyAsync(
            form.UserName ?? "", form.Password ?? "", context.Origin(), devices.Read(context), context.RequestAborted))
        {
            case LoginVerdict.Accepted { Operator: var found }:
                await StartAsync(context, found, form.Fingerprint!, form.BrowserKey!, SessionEndReason.Replaced);
                devices.Remember(context, found.Id);
                return new BrowserLoginOutcome.SignedIn();
            case LoginVerdict.Busy:
                return new BrowserLoginOutcome.Busy();
            case LoginVerdict.Throttled { Wait: var wait }:
                return new BrowserLoginOutcome.Throttled(wait);
            default:
                return new BrowserLoginOutcome.Refused();
        }
    }

    /// <summary>Begins a session for an operator whose password was just checked, in place of the one the browser had.</summary>
    public async Task StartAsync(
        HttpContext context, OperatorAccount found, string fingerprint, string browserKey, SessionEndReason endOfOld)
    {
        if (context.Features.Get<CurrentSession>() is { EndReason: null, Session: var old })
        {
            await ending.EndAsync(old, endOfOld, ActorOf(context, old), context.Origin(), context.RequestAborted);
        }

        var start = new SessionStart
        {
            Kind = SessionKind.Browser,
            Operator = found,
            Fingerprint = fingerprint,
            BrowserKey = browserKey,
            Headers = context.ClientHeaders(),
            Origin = context.Origin(),
        };
        await cookie.SetAsync(context, await sessions.StartAsync(start, context.RequestAborted));
    }

    /// <summary>Ends the browser's session and takes its cookie.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        if (CurrentSession.Of(context) is { } session)
        {
            await ending.EndAsync(
                session, SessionEndReason.SignedOut, ActorOf(context, session), context.Origin(), context.RequestAborted);
        }

        await SessionCookie.ClearAsync(context);
    }

    /// <summary>True where the request brought everything that a session is bound to.</summary>
    internal static bool CanBind(HttpContext context, string? fingerprint, string? browserKey) =>
        ClientFingerprint.IsValid(fingerprint)
        && BrowserKey.IsValid(browserKey)
        && context.Request.Headers.UserAgent is [{ } agent] && !string.IsNullOrWhiteSpace(agent);

    private static Actor ActorOf(HttpContext context, Session session) =>
        new(session.UserName, session.Role, context.Connection.RemoteIpAddress?.ToString(), session.Name);
}

/// <summary>What the login form sends.</summary>
public sealed class LoginForm
{
    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>Filled in by <c>signin.js</c>.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>Filled in by <c>signin.js</c>.</summary>
    public string? BrowserKey { get; set; }
}

/// <summary>What became of the form.</summary>
public abstract record BrowserLoginOutcome
{
    private BrowserLoginOutcome()
    {
    }

    public sealed record SignedIn : BrowserLoginOutcome;

    public sealed record Refused : BrowserLoginOutcome;

    public sealed record Busy : BrowserLoginOutcome;

    /// <summary>Too many logins have failed before.</summary>
    /// <param name="Wait">How long to wait.</param>
    public sealed record Throttled(TimeSpan Wait) : BrowserLoginOutcome;

    /// <summary>The browser's script had not run, or something stripped what it sent.</summary>
    public sealed record NotBound : BrowserLoginOutcome;
}
