using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Primitives;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dashboard.OAuth.Registration;

/// <summary>Clients register themselves (RFC 7591) and manage their registration (RFC 7592).</summary>
internal static class RegistrationEndpoints
{
    public const string Path = "/oauth/register";

    /// <summary>Bytes of a document.</summary>
    public const int LargestDocument = 16 * 1024;

    public static void MapRegistration(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path)
            .WithTags("Registration")
            .AllowAnonymous()
            .WithOAuthErrors()
            .WithPublicCors()
            .WithOwnBody()
            .WithMetadata(new JudgesBearerAttribute(), new RequestSizeLimitAttribute(LargestDocument));

        group.MapPost("", RegisterAsync)
            .WithName("RegisterClient")
            .WithBudget(RequestBudget.Registration)
            .WithCredentials(Credentials.InitialToken, Credentials.Nothing)
            .WithJson(RegistrationFields.All)
            .Produces<RegistrationJson>(StatusCodes.Status201Created);
        group.MapGet("/{clientId}", GetAsync)
            .WithName("GetRegistration")
            .WithBudget(RequestBudget.Tokens)
            .WithCredentials(Credentials.RegistrationToken)
            .Produces<RegistrationJson>();
        group.MapPut("/{clientId}", ReplaceAsync)
            .WithName("ReplaceRegistration")
            .WithBudget(RequestBudget.Tokens)
            .WithCredentials(Credentials.RegistrationToken)
            .WithJson([new ApiValue("client_id", "The client that is changed, as in the address.") { IsRequired = true }, .. RegistrationFields.All])
            .Produces<RegistrationJson>();
        group.MapDelete("/{clientId}", DeleteAsync)
            .WithName("DeleteRegistration")
            .WithBudget(RequestBudget.Tokens)
            .WithCredentials(Credentials.RegistrationToken)
            .Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Registers a client that says what it is (RFC 7591).</summary>
    /// <remarks>
    /// Who may is a setting: nobody, whoever has an initial access token, anybody subject to approval, or anybody.
    /// </remarks>
    [OAuthRefuses(400, "invalid_client_metadata", "invalid_redirect_uri", "invalid_software_statement")]
    [OAuthRefuses(401, "invalid_token")]
    [OAuthRefuses(403, "access_denied")]
    internal static async Task<IResult> RegisterAsync(
        HttpContext context,
        ClientRegistration registration,
        RegistrationRefusals refusals,
        RequestBudgets budgets,
        IOptions<SignetOptions> signet,
        CancellationToken cancellationToken)
    {
        var token = BearerToken.Of(context.Request);
        if (token is null && context.Request.Headers.Authorization.Count > 0)
        {
            return new RegistrationRefusal(refusals.Refuse(
                RegistrationError.InvalidToken, "The Authorization header holds no bearer token.", null, context.Origin()));
        }

        var document = await RegistrationDocument.ReadAsync(context.Request, cancellationToken);
        if (document.Refused is var (error, description))
        {
            return new RegistrationRefusal(refusals.Refuse(error, description, null, context.Origin()));
        }

        if (token is not null)
        {
            return Answer(
                await registration.RegisterAsync(document.Draft, token, context.Origin(), cancellationToken),
                signet.Value,
                StatusCodes.Status201Created);
        }

        // Strangers from however many addresses register no more than this; whoever has a token is counted by that.
        if (budgets.Spend(RequestBudget.AllRegistrations, null) is { } spent)
        {
            return Problems.RateLimited(
                spent.Wait, $"Too many clients are being registered at the moment. {Problems.TryAgain(spent.Wait)}");
        }

        var isRegistered = false;
        try
        {
            var outcome = await registration.RegisterAsync(document.Draft, null, context.Origin(), cancellationToken);
            isRegistered = outcome is RegistrationOutcome.Registered;
            return Answer(outcome, signet.Value, StatusCodes.Status201Created);
        }
        finally
        {
            if (!isRegistered)
            {
                budgets.Refund(RequestBudget.AllRegistrations, null);
            }
        }
    }

    /// <summary>Gives a client its registration (RFC 7592).</summary>
    [OAuthRefuses(401, "invalid_token")]
    internal static async Task<IResult> GetAsync(
        string clientId,
        HttpContext context,
        ClientConfiguration configuration,
        RegistrationRefusals refusals,
        IOptions<SignetOptions> signet,
        CancellationToken cancellationToken) => BearerToken.Of(context.Request) is { } token
            ? Answer(await configuration.FindAsync(clientId, token, context.Origin(), cancellationToken), signet.Value)
            : TokenRequired(refusals, context);

    /// <summary>Replaces what a client says of itself (RFC 7592).</summary>
    /// <remarks>The answer has a new registration access token, and the old one is over.</remarks>
    [OAuthRefuses(400, "invalid_client_metadata", "invalid_redirect_uri", "invalid_software_statement")]
    [OAuthRefuses(401, "invalid_token")]
    internal static async Task<IResult> ReplaceAsync(
        string clientId,
        HttpContext context,
        ClientConfiguration configuration,
        RegistrationRefusals refusals,
        IOptions<SignetOptions> signet,
        CancellationToken cancellationToken)
    {
        if (BearerToken.Of(context.Request) is not { } token)
        {
            return TokenRequired(refusals, context);
        }

        // Before the document is read: a stranger does not learn what is wrong with it.
        var known = await configuration.FindAsync(clientId, token, context.Origin(), cancellationToken);
        if (known is RegistrationOutcome.Refused)
        {
            return Answer(known, signet.Value);
        }

        var document = await RegistrationDocument.ReadAsync(context.Request, cancellationToken);
        if ((document.Refused ?? document.FaultOfClientId(clientId)) is var (error, description))
        {
            return new RegistrationRefusal(refusals.Refuse(error, description, clientId, context.Origin()));
        }

        return Answer(
            await configuration.UpdateAsync(
                clientId, token, document.Draft, document.ClientSecret, context.Origin(), cancellationToken),
            signet.Value);
    }

    /// <summary>Ends a registration (RFC 7592): the client’s tokens stop working at once.</summary>
    [OAuthRefuses(401, "invalid_token")]
    internal static async Task<IResult> DeleteAsync(
        string clientId,
        HttpContext context,
        ClientConfiguration configuration,
        RegistrationRefusals refusals,
        CancellationToken cancellationToken)
    {
        if (BearerToken.Of(context.Request) is not { } token)
        {
            return TokenRequired(refusals, context);
        }

        return await configuration.DeleteAsync(clientId, token, context.Origin(), cancellationToken) is { } refused
            ? new RegistrationRefusal(refused)
            : TypedResults.NoContent();
    }

    private static IResult Answer(RegistrationOutcome outcome, SignetOptions signet, int status = StatusCodes.Status200OK) => outcome switch
    {
        RegistrationOutcome.Registered registered =>
            TypedResults.Json(RegistrationJson.Of(registered, signet.Issuer), statusCode: status),
        RegistrationOutcome.Refused refused => new RegistrationRefusal(refused),
        _ => throw new InvalidOperationException($"No answer for {outcome.GetType().Name}."),
    };

    private static RegistrationRefusal TokenRequired(RegistrationRefusals refusals, HttpContext context) => new(refusals.Refuse(
        RegistrationError.TokenRequired,
        "The registration access token is required, as a bearer token.",
        null,
        context.Origin()));
}
