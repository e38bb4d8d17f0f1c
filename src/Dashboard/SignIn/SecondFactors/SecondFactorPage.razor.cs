using Dashboard.Core.Operators;
using Dashboard.SignIn.Proofs;
using Microsoft.AspNetCore.Components;

namespace Dashboard.SignIn.SecondFactors;

/// <summary>The second step of a login, for whoever has shown the right password.</summary>
public sealed partial class SecondFactorPage(BrowserLogin login, PendingLogins pending) : FormPage
{
    private OperatorAccount? _operator;

    [SupplyParameterFromForm(FormName = "second-factor")]
    public ProofForm? Form { get; set; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    protected override void OnInitialized()
    {
        _operator = pending.Find(HttpContext)?.Operator;
        if (_operator is null)
        {
            GoTo(SignInAddress.With(SignOutNotice.LoginExpired, ReturnUrl));
        }
    }

    private async Task FinishAsync()
    {
        switch (await login.FinishAsync(HttpContext, Form ?? new ProofForm()))
        {
            case BrowserLoginOutcome.SignedIn:
                GoTo(SignIn.ReturnUrl.Local(ReturnUrl));
                break;
            case BrowserLoginOutcome.Throttled { Wait: var wait }:
                RefuseFor(wait);
                break;
            case BrowserLoginOutcome.Refused:
                Refuse(StatusCodes.Status401Unauthorized, "That was not right. Try again.");
                break;
            default:
                GoTo(SignInAddress.With(SignOutNotice.LoginExpired, ReturnUrl));
                break;
        }
    }
}
