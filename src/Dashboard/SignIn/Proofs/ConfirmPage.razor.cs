using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
using Microsoft.AspNetCore.Components;

namespace Dashboard.SignIn.Proofs;

/// <summary>Where somebody confirms that a changed browser is theirs. The session goes on, and leads back to the page.</summary>
public sealed partial class ConfirmPage(PersonProof proof, OperatorDirectory operators) : FormPage
{
    [SupplyParameterFromForm(FormName = "confirm")]
    public ProofForm? Form { get; set; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    private CurrentSession? Current => HttpContext.Features.Get<CurrentSession>();

    private string UserName => Current?.Session.UserName ?? "";

    private OperatorSecondFactors Factors =>
        (Current is { Session.OperatorId: var id } ? operators.Find(id) : null)?.SecondFactors ?? OperatorSecondFactors.None;

    protected override void OnInitialized()
    {
        // Nothing to confirm: whoever is signed in goes on, everybody else signs in.
        if (Current is not { IsChallenged: true, EndReason: null })
        {
            GoTo(SignIn.ReturnUrl.Local(ReturnUrl));
        }
    }

    private async Task ConfirmAsync()
    {
        if (Current is not { IsChallenged: true, EndReason: null } current)
        {
            return;
        }

        switch (await proof.ProveAsync(HttpContext, current, Form ?? new ProofForm()))
        {
            case PersonProofOutcome.Proved:
                GoTo(SignIn.ReturnUrl.Local(ReturnUrl));
                break;
            case PersonProofOutcome.Throttled { Wait: var wait }:
                RefuseFor(wait);
                break;
            case PersonProofOutcome.SessionOver:
                GoTo(SignInAddress.Path);
                break;
            case PersonProofOutcome.NotBound:
                Refuse(StatusCodes.Status400BadRequest, BrowserLogin.NotBoundText);
                break;
            default:
                Refuse(StatusCodes.Status401Unauthorized, "That was not right. Try again.");
                break;
        }
    }
}
