using Dashboard.Core.Audit;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Hosting;
using Dashboard.SignIn.Proofs;
using Dashboard.SignIn.SecondFactors;

namespace Dashboard.SignIn;

/// <summary>Signs a browser in, in one step or two, and out.</summary>
public sealed class BrowserLogin(
    OperatorLogin operators,
    ShownFactors factors,
    Passkeys passkeys,
    PendingLogins pending,
    SessionDirectory sessions,
    SessionEnding ending,
    SessionCookie cookie,
    DeviceCookie devices)
{
    internal const string NotBoundText =
        "The browser did not send what the session is bound to. Allow JavaScript and stored data for this site, then try again.";

    /// <summary>
    /// Checks the form. Whoever shows a passkey, or has no second factor, gets a session under a new id; everybody else is
    /// asked for the factor.
    /// </summary>
    public async Task<BrowserLoginOutcome> SignInAsync(HttpContext context, LoginForm form)
    {
        // Before the password, and whatever the password is.
        if (FactsOf(context, form.Fingerprint, form.BrowserKey) is not { } browser)
        {
            return new BrowserLoginOutcome.NotBound();
        }

        if (form.Passkey is { Length: > 0 } passkey)
        {
            return await passkeys.VerifyAsync(context, passkey, form.PasskeyState) is { } owner
                ? await StartAsync(context, owner, browser, SecondFactorKind.Passkey)
                : new BrowserLoginOutcome.Refused();
        }

        switch (await operators.VerifyAsync(
            form.UserName ?? "", form.Password ?? "", context.Origin(), devices.Read(context), context.RequestAborted))
        {
            case LoginVerdict.Accepted { Operator: { SecondFactors.Any: true } found }:
                pending.Begin(context, found, browser.Fingerprint, browser.BrowserKey);
                return new BrowserLoginOutcome.SecondFactorNeeded();
            case LoginVerdict.Accepted { Operator: var found }:
                return await StartAsync(context, found, browser, null);
            case LoginVerdict.Busy:
                return new BrowserLoginOutcome.Busy();
            case LoginVerdict.Throttled { Wait: var wait }:
                return new BrowserLoginOutcome.Throttled(wait);
            default:
                return new BrowserLoginOutcome.Refused();
        }
    }

    /// <summary>Checks the second factor of a login whose password was right.</summary>
    public async Task<BrowserLoginOutcome> FinishAsync(HttpContext context, ProofForm form)
    {
        if (pending.Find(context) is not ({ } login, { } found)
            || FactsOf(context, login.Fingerprint, login.BrowserKey) is not { } browser)
        {
            return new BrowserLoginOutcome.NotBound();
        }

        if (!await pending.TryAnswerAsync(login, context.RequestAborted))
        {
            PendingLogins.End(context);
            return new BrowserLoginOutcome.NotBound();
        }

        return await factors.VerifyAsync(context, found, form) switch
        {
            SecondFactorVerdict.Accepted { Kind: var kind } => await StartAsync(context, found, browser, kind),
            SecondFactorVerdict.Throttled { Wait: var wait } => new BrowserLoginOutcome.Throttled(wait),
            _ => new BrowserLoginOutcome.Refused(),
        };
    }

    /// <summary>Begins a session for an operator who was just checked, in place of the one the browser had.</summary>
    public async Task StartAsync(
        HttpContext context, OperatorAccount found, BrowserFacts browser, SecondFactorKind? factor, SessionEndReason endOfOld)
    {
        if (context.Features.Get<CurrentSession>() is { EndReason: null, Session: var old })
        {
            await ending.EndAsync(old, endOfOld, ActorOf(context, old), context.Origin(), context.RequestAborted);
        }

        var start = new SessionStart
        {
            Kind = SessionKind.Browser,
            Operator = found,
            Browser = browser,
            SecondFactor = factor,
            Origin = context.Origin(),
        };
        await cookie.SetAsync(context, await sessions.StartAsync(start, context.RequestAborted));
        PendingLogins.End(context);
    }

    /// <summary>Ends the browser's session and takes its cookie.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        // Also one that waits for a confirmation: whoever holds its cookie may always end it.
        if (context.Features.Get<CurrentSession>() is { EndReason: null, Session: var session })
        {
            await ending.EndAsync(
                session, SessionEndReason.SignedOut, ActorOf(context, session), context.Origin(), context.RequestAborted);
        }

        await SessionCookie.ClearAsync(context);
    }

    /// <summary>Everything that a session is bound to; null where the request did not bring it.</summary>
    internal static BrowserFacts? FactsOf(HttpContext context, string? fingerprint, string? browserKey) =>
        ClientFingerprint.IsValid(fingerprint)
        && BrowserKey.IsValid(browserKey)
        && context.Request.Headers.UserAgent is [{ } agent] && !string.IsNullOrWhiteSpace(agent)
            ? new BrowserFacts(fingerprint!, browserKey!, context.ClientHeaders())
            : null;

    private async Task<BrowserLoginOutcome> StartAsync(
        HttpContext context, OperatorAccount found, BrowserFacts browser, SecondFactorKind? factor)
    {
        await StartAsync(context, found, browser, factor, SessionEndReason.Replaced);
        devices.Remember(context, found.Id);
        return new BrowserLoginOutcome.SignedIn();
    }

    private static Actor ActorOf(HttpContext context, Session session) =>
        new(session.UserName, session.Role, context.Connection.RemoteIpAddress?.ToString(), session.Name);
}

/// <summary>What the login form sends.</summary>
public sealed class LoginForm : ProofForm
{
    public string? UserName { get; set; }
}

/// <summary>What became of a login.</summary>
public abstract record BrowserLoginOutcome
{
    private BrowserLoginOutcome()
    {
    }

    public sealed record SignedIn : BrowserLoginOutcome;

    /// <summary>The password was right, and there is a second factor to ask for.</summary>
    public sealed record SecondFactorNeeded : BrowserLoginOutcome;

    public sealed record Refused : BrowserLoginOutcome;

    /// <summary>Too many passwords are being checked at this moment; none was.</summary>
    public sealed record Busy : BrowserLoginOutcome;

    /// <summary>Too many logins have failed before.</summary>
    /// <param name="Wait">How long to wait.</param>
    public sealed record Throttled(TimeSpan Wait) : BrowserLoginOutcome;

    /// <summary>The browser's script had not run, something stripped what it sent, or the first step is too long ago.</summary>
    public sealed record NotBound : BrowserLoginOutcome;
}
