using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;

namespace Dashboard.SignIn;

/// <summary>Changes the password of whoever is signed in, ends every session they have and begins a new one here.</summary>
public sealed class PasswordChange(PasswordChanger changer, SessionEnding ending, BrowserLogin login)
{
    /// <summary>What became of it; null where the browser did not bring what a session is bound to.</summary>
    public async Task<PasswordChangeOutcome?> ChangeAsync(HttpContext context, ChangePasswordForm form)
    {
        if (BrowserLogin.FactsOf(context, form.Fingerprint, form.BrowserKey) is not { } browser
            || CurrentSession.Of(context) is not { } session)
        {
            return null;
        }

        var outcome = await changer.ChangeAsync(
            session.OperatorId, form.OldPassword ?? "", form.NewPassword ?? "", context.Actor(), context.RequestAborted);
        if (outcome is PasswordChangeOutcome.Changed { Operator: var changed })
        {
            // They are over already, by the new security stamp. This tells open pages, and ends the tokens of the API.
            await ending.EndAllAsync(
                session.OperatorId, SessionEndReason.PasswordChanged, context.Actor(), context.Origin(), context.RequestAborted);
            await login.StartAsync(context, changed, browser, session.SecondFactor, SessionEndReason.PasswordChanged);
        }

        return outcome;
    }
}

/// <summary>What the form sends.</summary>
public sealed class ChangePasswordForm
{
    public string? OldPassword { get; set; }

    public string? NewPassword { get; set; }

    public string? RepeatedPassword { get; set; }

    /// <summary>Filled in by <c>signin.js</c>.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>Filled in by <c>signin.js</c>.</summary>
    public string? BrowserKey { get; set; }
}
