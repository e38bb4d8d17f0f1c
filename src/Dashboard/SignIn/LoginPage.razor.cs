using Dashboard.Core.Operators.Passwords;
using Microsoft.AspNetCore.Components;

namespace Dashboard.SignIn;

/// <summary>The login form. Static, so that it works before, and without, any circuit.</summary>
public sealed partial class LoginPage(BrowserLogin login) : FormPage
{
    [SupplyParameterFromForm(FormName = "login")]
    public LoginForm? Form { get; set; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    public string? Reason { get; set; }

    private string? Notice => SignOutNotice.SentenceOf(Reason);

    private bool HasUserName => !string.IsNullOrEmpty(Form?.UserName);

    protected override void OnInitialized()
    {
        // Whoever is signed in has nothing to do here, unless something sent them to confirm it.
        if (HttpMethods.IsGet(HttpContext.Request.Method) && Notice is null && CurrentSession.Of(HttpContext) is not null)
        {
            GoTo(SignIn.ReturnUrl.Local(ReturnUrl));
        }
    }

    private async Task SignInAsync()
    {
        switch (await login.SignInAsync(HttpContext, Form ?? new LoginForm()))
        {
            case BrowserLoginOutcome.SignedIn:
                GoTo(SignIn.ReturnUrl.Local(ReturnUrl));
                break;
            case BrowserLoginOutcome.SecondFactorNeeded:
                GoTo(SignInAddress.SecondStep(ReturnUrl));
                break;
            case BrowserLoginOutcome.Refused:
                Refuse(
                    StatusCodes.Status401Unauthorized,
                    Form?.Passkey is { Length: > 0 }
                        ? "This passkey is not known here. Sign in with your password."
                        : "The user name or the password is wrong.");
                break;
            case BrowserLoginOutcome.Busy:
                RefuseFor(OperatorLogin.BusyWait, "Too many people are signing in at this moment.");
                break;
            case BrowserLoginOutcome.Throttled { Wait: var wait }:
                RefuseFor(wait, "Too many logins have failed.");
                break;
            case BrowserLoginOutcome.NotBound:
                Refuse(StatusCodes.Status400BadRequest, BrowserLogin.NotBoundText);
                break;
        }
    }
}
