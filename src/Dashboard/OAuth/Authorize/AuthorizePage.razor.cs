using System.Globalization;
using Dashboard.Core.Grants.Authorizing;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace Dashboard.OAuth.Authorize;

/// <summary>
/// The authorization endpoint (RFC 6749 section 4.1.1): asks a person whether a client may act for them. Static, and open,
/// because what is wrong with a request is said before anybody signs in for it.
/// </summary>
public sealed partial class AuthorizePage(
    AuthorizationRequests requests, Consents consents, AuthorizationAnswers answers, RequestBudgets budgets, IFormProofs proofs)
{
    private AuthorizationRequest? _request;
    private string? _fault;
    private AuthorizationTarget? _target;
    private string _answer = "";

    [CascadingParameter]
    public HttpContext HttpContext { get; set; } = null!;

    private string SignInAgain => "/login" + QueryString.Create(
        [
            new KeyValuePair<string, string?>("reason", "again"),
            new KeyValuePair<string, string?>("returnUrl", AuthorizeParameters.WithoutPrompt(HttpContext.Request)),
        ]).ToUriComponent();

    protected override async Task OnInitializedAsync()
    {
        var address = HttpContext.Connection.RemoteIpAddress;
        if (budgets.FindSpent(RequestBudget.Consent, address) is { } spent)
        {
            HttpContext.Response.Headers.RetryAfter = Problems.WholeSeconds(spent.Wait).ToString(CultureInfo.InvariantCulture);
            Fail(StatusCodes.Status429TooManyRequests, $"Too many requests from this address were refused. {Problems.TryAgain(spent.Wait)}");
            return;
        }

        var query = AuthorizeParameters.Read(HttpContext.Request);
        switch (await requests.CheckAsync(query, HttpContext.RequestAborted))
        {
            case AuthorizationCheck.Accepted { Request: var request }:
                await AskAsync(query, request);
                break;
            case AuthorizationCheck.Refused refused:
                await RefuseAsync(query, refused);
                break;
            case AuthorizationCheck.Untrusted untrusted:
                Record(query, untrusted.Error, untrusted.Description);
                Fail(StatusCodes.Status400BadRequest, untrusted.Description);
                break;
        }
    }

    // Whoever may be shown nothing is not asked to sign in either.
    private async Task RefuseAsync(AuthorizationQuery query, AuthorizationCheck.Refused refused)
    {
        if (!refused.Target.IsVouchedFor && !AuthorizeEndpoints.IsSignedIn(HttpContext) && query.Prompt is not "none")
        {
            await HttpContext.ChallengeAsync(Schemes.Session);
            return;
        }

        Record(query, refused.Error, refused.Description);
        Tell(refused.Target, refused.Error, refused.Description);
    }

    // The person decides whether they go to an address that nobody here vouches for.
    private void Tell(AuthorizationTarget target, string error, string description)
    {
        if (target.IsVouchedFor)
        {
            HttpContext.Response.SeeOther(answers.Refused(target, error, description));
            return;
        }

        _target = target;
        _answer = answers.Refused(target, error, description);
        Fail(StatusCodes.Status400BadRequest, description);
    }

    private void Record(AuthorizationQuery query, string error, string description)
    {
        budgets.Charge(RequestBudget.Consent, HttpContext.Connection.RemoteIpAddress);
        consents.RecordRefusal(query.ClientId, error, description, HttpContext.Origin());
    }

    private async Task AskAsync(AuthorizationQuery query, AuthorizationRequest request)
    {
        switch (request.Prompt, AuthorizeEndpoints.IsSignedIn(HttpContext))
        {
            case (AuthorizationPrompt.None, false):
                TellUnasked(query, request, AuthorizationErrors.LoginRequired, "Nobody is signed in, and nothing may be shown.");
                break;
            case (AuthorizationPrompt.None, true):
                TellUnasked(
                    query, request, AuthorizationErrors.ConsentRequired, "The person must be asked, and nothing may be shown.");
                break;
            case (AuthorizationPrompt.SignIn, true):
                HttpContext.Response.SeeOther(SignInAgain);
                break;
            case (_, false):
                await HttpContext.ChallengeAsync(Schemes.Session);
                break;
            default:
                HttpContext.AllowFormTarget(new Uri(request.Target.RedirectUri));
                _request = request;
                break;
        }
    }

    // An answer like any other to a client that asks every hour; a page of ours has a reference that must lead somewhere.
    private void TellUnasked(AuthorizationQuery query, AuthorizationRequest request, string error, string description)
    {
        if (!request.Target.IsVouchedFor)
        {
            Record(query, error, description);
        }

        Tell(request.Target, error, description);
    }

    private void Fail(int status, string fault)
    {
        HttpContext.Response.StatusCode = status;
        _fault = fault;
    }
}
