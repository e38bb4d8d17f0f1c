using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;
using Dashboard.SignIn.Proofs;
using Microsoft.AspNetCore.Components;

namespace Dashboard.SignIn.Account;

/// <summary>
/// Sets an authenticator app up. Static, so that it also works for those who reach nothing else before they have one.
/// </summary>
public sealed partial class AuthenticatorPage(
    SecondFactorChanges changes,
    PersonProof proof,
    OperatorDirectory operators,
    FactorRules rules,
    SessionRenewals renewals,
    SessionCookie cookie,
    AccessControl access) : FormPage
{
    private AuthenticatorOffer? _offer;
    private IReadOnlyList<string>? _codes;
    private bool _isProofNeeded;

    [SupplyParameterFromForm(FormName = "authenticator")]
    public AuthenticatorForm? Form { get; set; }

    [SupplyParameterFromForm(FormName = "prove", Name = "Form")]
    public ProofForm? Proof { get; set; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    private Session Session => CurrentSession.Of(HttpContext) ?? throw new InvalidOperationException("Only for a session.");

    private OperatorSecondFactors Factors => operators.Find(Session.OperatorId)?.SecondFactors ?? OperatorSecondFactors.None;

    private bool IsRequired => rules.MustSetUp(Session.OperatorId);

    private string Next => _wasRequired ? SignIn.ReturnUrl.Local(ReturnUrl) : "/account";

    private bool _wasRequired;

    protected override void OnInitialized()
    {
        _wasRequired = IsRequired;
        _isProofNeeded = access.Check(HttpContext.Actor(), Right.ChangeOwnLogin) is AccessRefusal.Proof;
        if (!_isProofNeeded)
        {
            _offer = changes.Offer(Session.OperatorId);
        }
    }

    private async Task ProveAsync()
    {
        switch (await proof.ProveAsync(HttpContext, new CurrentSession(Session), Proof ?? new ProofForm()))
        {
            case PersonProofOutcome.Proved:
                GoTo(FactorRules.Path + HttpContext.Request.QueryString.ToUriComponent());
                break;
            case PersonProofOutcome.Throttled { Wait: var wait }:
                RefuseFor(wait);
                break;
            default:
                Refuse(StatusCodes.Status401Unauthorized, "That was not right. Try again.");
                break;
        }
    }

    private async Task AddAsync()
    {
        if (_isProofNeeded)
        {
            return;
        }

        var (id, form) = (Session.OperatorId, Form ?? new AuthenticatorForm());
        switch (await changes.AddAuthenticatorAsync(
            id, form.Offer ?? "", form.Code ?? "", HttpContext.Actor(), HttpContext.RequestAborted))
        {
            case SecondFactorChange.Changed { NewRecoveryCodes: var codes }:
                // The code was a proof: without this the very session that set the app up would be asked for the next one.
                if (await renewals.RenewAsync(
                    Session, SecondFactorKind.OneTimeCode, null, HttpContext.Origin(), HttpContext.RequestAborted) is { } renewed)
                {
                    await cookie.SetAsync(HttpContext, renewed);
                }

                _codes = codes;
                break;
            case SecondFactorChange.WrongCode:
                // The same key again: it may be in the app already.
                _offer = changes.FindOffer(id, form.Offer ?? "") ?? _offer;
                Refuse(
                    StatusCodes.Status422UnprocessableEntity,
                    "This is not the code that the app shows for this key now. Check the phone's clock, and try the next one.");
                break;
            default:
                Refuse(
                    StatusCodes.Status422UnprocessableEntity,
                    "That took too long, so this is a new key. Remove the one before from the app and scan this one.");
                break;
        }
    }
}

/// <summary>What the form sends.</summary>
public sealed class AuthenticatorForm
{
    /// <summary>The offered key, sealed.</summary>
    public string? Offer { get; set; }

    public string? Code { get; set; }
}
