using System.Globalization;
using Dashboard.Core.Clients;

namespace Dashboard.Core.Grants.Authorizing;

/// <summary>
/// Checks authorization requests, in the order that matters: first whether client and address are known to belong together,
/// because only then an answer may go there, then what is asked for.
/// </summary>
public sealed class AuthorizationRequests(ClientDirectory clients, GrantRules rules, TimeProvider clock)
{
    private const string Unknown = "No application with this id may ask here: it is not registered, or an administrator has disabled it.";

    private const int LongestState = 1_000;

    /// <summary>What may be done with a request. Whether somebody is signed in plays no part.</summary>
    public async Task<AuthorizationCheck> CheckAsync(AuthorizationQuery query, CancellationToken cancellationToken)
    {
        if (query.Repeated.Contains(AuthorizationParameters.ClientId)
            || string.IsNullOrEmpty(query.ClientId)
            || query.ClientId.Length > Consents.LongestClientId)
        {
            return Untrusted(AuthorizationErrors.InvalidRequest, "The link that led here does not say which application asks.");
        }

        var client = await clients.FindAsync(query.ClientId, cancellationToken);
        if (client is null)
        {
            return Untrusted(AuthorizationErrors.InvalidClient, Unknown);
        }

        if (FaultOf(client) is { } fault)
        {
            return Untrusted(AuthorizationErrors.InvalidClient, fault);
        }

        if (query.Repeated.Contains(AuthorizationParameters.RedirectUri)
            || string.IsNullOrEmpty(query.RedirectUri)
            || !RedirectUris.IsRegistered(client, query.RedirectUri))
        {
            return Untrusted(
                AuthorizationErrors.InvalidRequest,
                "The address that the answer should go to is not one that this application registered. Somebody may have changed the link.");
        }

        return Check(client, query, query.RedirectUri);
    }

    private AuthorizationCheck Check(Client client, AuthorizationQuery query, string redirectUri)
    {
        // A state that cannot be given back as it was is not given back at all.
        var isStateFit = !query.Repeated.Contains(AuthorizationParameters.State) && IsState(query.State);
        var target = new AuthorizationTarget(
            redirectUri,
            isStateFit ? query.State : null,
            IsVouchedFor: client.IsVerified || client.Origin is not ClientOrigin.SelfRegistered);
        if (!isStateFit)
        {
            return Invalid($"The state must be given once, as at most {LongestState} visible ASCII characters and spaces.");
        }

        if (query.Repeated is { Count: > 0 })
        {
            return query.Repeated.All(name => name is AuthorizationParameters.Resource)
                ? Refused(GrantError.InvalidTarget.Code, "A token is good for one resource: ask for each in a request of its own.")
                : Invalid("A parameter is given more than once.");
        }

        if (query.HasRequestObject)
        {
            return Refused(AuthorizationErrors.RequestNotSupported, "Request objects are not supported.");
        }

        if (query.HasRequestUri)
        {
            return Refused(AuthorizationErrors.RequestUriNotSupported, "Addresses of request objects are not supported.");
        }

        if (FaultOf(query) is ({ } error, { } description))
        {
            return Refused(error, description);
        }

        if (!client.Allows(GrantTypes.AuthorizationCode))
        {
            return Refused(AuthorizationErrors.UnauthorizedClient, "The client is not registered for the authorization_code grant.");
        }

        if (PromptOf(query.Prompt) is not { } prompt)
        {
            return Invalid("The prompt must be none, or made of login, consent and select_account.");
        }

        return rules.Check(client, query.Scope, query.Resource) switch
        {
            GrantCheck.Allowed allowed => new AuthorizationCheck.Accepted(new AuthorizationRequest(
                client, target, query.CodeChallenge!, allowed.Scopes, allowed.Resource, prompt)),
            GrantCheck.Refused refused => Refused(refused.Error.Code, refused.Description),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };

        AuthorizationCheck Invalid(string sentence) => Refused(AuthorizationErrors.InvalidRequest, sentence);

        AuthorizationCheck Refused(string error, string sentence) => new AuthorizationCheck.Refused(target, error, sentence);
    }

    private static (string Error, string Description)? FaultOf(AuthorizationQuery query) => query switch
    {
        { ResponseType: null or "" } => (AuthorizationErrors.InvalidRequest, "response_type is required."),
        { ResponseType: not "code" } => (AuthorizationErrors.UnsupportedResponseType, "The only response_type is code."),
        { ResponseMode: not (null or "query") } => (AuthorizationErrors.InvalidRequest, "The only response_mode is query."),
        { CodeChallenge: null or "" } => (AuthorizationErrors.InvalidRequest, "PKCE is required: code_challenge is missing."),

        // Without a method it would be plain (RFC 7636 section 4.3).
        { CodeChallengeMethod: not "S256" } => (AuthorizationErrors.InvalidRequest, "The only code_challenge_method is S256."),
        { CodeChallenge: var challenge } when !CodeChallenge.IsValid(challenge) =>
            (AuthorizationErrors.InvalidRequest, "The code_challenge must be a SHA-256 in base64url: 43 characters."),
        _ => null,
    };

    private string? FaultOf(Client client) => client.StandingAt(clock.GetUtcNow()) switch
    {
        ClientStanding.Good => null,
        ClientStanding.Pending => "This application has registered itself and waits for an administrator's approval.",
        ClientStanding.Disabled => Unknown,
        ClientStanding.Expired => $"The registration of this application expired on {DateOf(client.ExpiresAt!.Value)}. It must register again.",
        ClientStanding.Gone => $"The registration of this application ended on {DateOf(client.Ended!.At)}. It must register again.",
        var other => throw new InvalidOperationException($"No answer for {other}."),
    };

    private static string DateOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool IsState(string? state) =>
        state is null || (state.Length <= LongestState && !state.AsSpan().ContainsAnyExceptInRange(' ', '~'));

    private static AuthorizationPrompt? PromptOf(string? text)
    {
        var asked = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return asked switch
        {
            ["none"] => AuthorizationPrompt.None,
            _ when asked.Any(item => item is not ("login" or "consent" or "select_account")) => null,
            _ => asked.Any(item => item is "login" or "select_account") ? AuthorizationPrompt.SignIn : AuthorizationPrompt.Consent,
        };
    }

    private static AuthorizationCheck.Untrusted Untrusted(string error, string description) => new(error, description);
}
