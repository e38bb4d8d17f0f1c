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
                await AskAsync(request);
                break;
            case AuthorizationCheck.Refused refused:
                budgets.Charge(RequestBudget.Consent, address);
                consents.RecordRefusal(query.ClientId, refused.Error, refused.Description, HttpContext.Origin());
                HttpContext.Response.SeeOther(answers.Refused(refused.Target, refused.Error, refused.Description));
                break;
            case AuthorizationCheck.Untrusted untrusted:
                budgets.Charge(RequestBudget.Consent, address);
                consents.RecordRefusal(query.ClientId, untrusted.Error, untrusted.Description, HttpContext.Origin());
                Fail(StatusCodes.Status400BadRequest, untrusted.Description);
                break;
        }
    }

    private async Task AskAsync(AuthorizationRequest request)
    {
        switch (request.Prompt, AuthorizeEndpoints.IsSignedIn(HttpContext))
        {
            case (AuthorizationPrompt.None, false):
                HttpContext.Response.SeeOther(answers.Refused(
                    request.Target, AuthorizationErrors.LoginRequired, "Nobody is signed in, and nothing may be shown."));
                break;
            case (AuthorizationPrompt.None, true):
                HttpContext.Response.SeeOther(answers.Refused(
                    request.Target, AuthorizationErrors.ConsentRequired, "The person must be asked, and nothing may be shown."));
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

    private void Fail(int status, string fault)
    {
        HttpContext.Response.StatusCode = status;
        _fault = fault;
    }
}
