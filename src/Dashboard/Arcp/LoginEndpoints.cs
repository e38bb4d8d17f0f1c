using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Core.Throttling;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dashboard.Arcp;

/// <summary>Operators at the API, as ARCP's clients log in. Their token is bound to the fingerprint that they bring.</summary>
internal static class LoginEndpoints
{
    private const int LargestBody = 4 * 1024;

    public static void MapArcpLogin(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/auth").WithTags("Login");

        group.MapPost("/login", LogInAsync)
            .WithName("LogIn")
            .WithHeader(new ApiValue(Problems.FingerprintHeader, "What the token is bound to: the same is sent with every later request.")
            {
                IsRequired = true,
            })
            .AllowAnonymous()
            .Accepts<LoginRequest>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        group.MapPost("/logout", LogOutAsync).WithName("LogOut").RequireAuthorization(OfOperator);
        group.MapGet("/session_status", GetStatusAsync).WithName("SessionStatus").RequireAuthorization(OfOperator);
    }

    /// <summary>Logs an operator in and gives them a token.</summary>
    /// <remarks>
    /// The token is bound to the fingerprint that the request brings. A wrong password, an unknown user and a missing
    /// second factor are answered alike.
    /// </remarks>
    [Refuses(ErrorCode.FingerprintRequired, ErrorCode.InvalidCredentials, ErrorCode.AuthRequired, ErrorCode.AgentLoginBlocked, ErrorCode.RateLimited)]
    internal static async Task<Results<Ok<LoginAnswer>, ProblemResult>> LogInAsync(
        HttpContext context,
        OperatorLogin operators,
        SecondFactorCheck factors,
        IOptions<SecondFactorOptions> policy,
        ApiLogin login,
        DeviceCookie devices,
        IOptions<ThrottlingOptions> throttling,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        // First, and whatever the credentials are: the header must not tell anything about them (SES-07).
        if (FaultOf(context.Request.Headers[Problems.FingerprintHeader]) is { } fault)
        {
            return fault;
        }

        var body = await ReadAsync(context, cancellationToken);
        if (Check(body) is { } problem)
        {
            return problem;
        }

        return await operators.VerifyAsync(body.Username!, body.Password!, context.Origin(), devices.Read(context), cancellationToken) switch
        {
            LoginVerdict.Accepted { Operator.MustChangePassword: true } => Problems.Create(
                ErrorCode.AuthRequired, "The password must be changed in the dashboard before it can be used here."),
            LoginVerdict.Accepted { Operator.Role: Roles.Subject } => Problems.Create(
                ErrorCode.AuthRequired,
                "This account operates nothing here: it only signs in to let applications act for it, and they get tokens of their own."),
            LoginVerdict.Accepted { Operator: { SecondFactors.Any: false } found } when policy.Value.IsRequiredFor(found.Role) =>
                Problems.Create(
                    ErrorCode.AuthRequired, "A second factor must be set up in the dashboard before this account can be used here."),
            LoginVerdict.Accepted { Operator: var found } => await FinishAsync(context, found, body, factors, login, cancellationToken),
            LoginVerdict.Refused => Refused(),
            LoginVerdict.Throttled { Wait: var wait } =>
                Problems.LoginThrottled(wait, throttling.Value.DeviceFailures, clock.GetUtcNow()),
            LoginVerdict.Busy => Problems.RateLimited(OperatorLogin.BusyWait, "Too many logins are being checked. Try again in a few seconds."),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    // Whoever has a second factor shows it in the same call. Wrong or missing, it is answered like a wrong password.
    private static async Task<Results<Ok<LoginAnswer>, ProblemResult>> FinishAsync(
        HttpContext context,
        OperatorAccount found,
        LoginRequest body,
        SecondFactorCheck factors,
        ApiLogin login,
        CancellationToken cancellationToken)
    {
        SecondFactorKind? shown = null;
        if (found.SecondFactors.Any)
        {
            switch (await factors.VerifyAsync(found.Id, body.Totp ?? "", context.Origin(), cancellationToken))
            {
                case SecondFactorVerdict.Accepted { Kind: var kind }:
                    shown = kind;
                    break;
                case SecondFactorVerdict.Throttled { Wait: var wait }:
                    return Problems.RateLimited(wait, "Too many attempts. Wait a moment, then try again.");
                default:
                    return Refused();
            }
        }

        return TypedResults.Ok(await login.StartAsync(
            found, shown, context.Request.SingleFingerprint()!, context.Origin(), cancellationToken));
    }

    private static ProblemResult Refused() => Problems.Create(ErrorCode.InvalidCredentials, "Invalid admin credentials");

    /// <summary>Ends the session of an operator’s token.</summary>
    [Refuses(ErrorCode.SessionInvalid)]
    internal static async Task<Results<Ok<LogoutAnswer>, ProblemResult>> LogOutAsync(
        HttpContext context, SessionDirectory sessions, SessionEnding ending, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, sessions, cancellationToken) is not SessionLookup.Live { Session: var session })
        {
            return Problems.Create(ErrorCode.SessionInvalid, "The session of this token has ended.");
        }

        await ending.EndAsync(session, SessionEndReason.SignedOut, context.Actor(), context.Origin(), cancellationToken);
        return TypedResults.Ok(new LogoutAnswer("success", "Logged out successfully"));
    }

    /// <summary>Tells an operator’s session.</summary>
    internal static async Task<Ok<SessionStatusAnswer>> GetStatusAsync(
        HttpContext context, SessionDirectory sessions, CancellationToken cancellationToken)
    {
        var lookup = await FindAsync(context, sessions, cancellationToken);
        var name = context.User.Identity!.Name!;
        var role = context.User.FindFirst(SignetClaims.Role)?.Value;
        return TypedResults.Ok(new SessionStatusAnswer(
            lookup is SessionLookup.Live,
            name,
            role,
            AgentIdOf(name),
            lookup is SessionLookup.Live { Session.EndsAt: var endsAt } ? endsAt.ToUnixTimeSeconds() : null,
            role == Roles.Administrator,
            lookup is SessionLookup.Live,
            PinSet: false));
    }

    internal static string AgentIdOf(string userName) => "user_" + userName;

    private static async Task<LoginRequest> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        // Only what a page of another origin cannot send without asking (LOG-10).
        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The login is JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await context.Request.ReadFromJsonAsync<LoginRequest>(Json.Options, cancellationToken) ?? new LoginRequest();
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException("The login is no JSON object.", exception);
        }
    }

    private static ProblemResult? Check(LoginRequest body)
    {
        if (body is { Username: null, Password: null } && (body.AgentId is not null || body.AgentType is not null))
        {
            return Problems.Create(
                ErrorCode.AgentLoginBlocked, "Agents do not log in here. Register the agent to get its token.");
        }

        List<ValidationError> errors = [];
        Require("username", body.Username, UserNames.MaximumLength);
        Require("password", body.Password, PasswordRules.LongestToVerify);
        return errors is [] ? null : Problems.Invalid(errors);

        void Require(string field, string? value, int longest)
        {
            if (string.IsNullOrEmpty(value))
            {
                errors.Add(new ValidationError(field, "is required"));
            }
            else if (value.Length > longest)
            {
                errors.Add(new ValidationError(field, $"must have at most {longest} characters"));
            }
        }
    }

    private static ProblemResult? FaultOf(Microsoft.Extensions.Primitives.StringValues header) => header switch
    {
        [] or [null or ""] => Problems.FingerprintRequired(),
        [var value] when ClientFingerprint.IsValid(value) => null,
        _ => Problems.FingerprintRequired($"{Problems.FingerprintHeader} must be given once, as {ClientFingerprint.Rule}"),
    };

    private static Task<SessionLookup> FindAsync(
        HttpContext context, SessionDirectory sessions, CancellationToken cancellationToken) =>
        context.User.FindFirst(SignetClaims.Session)?.Value is { } name
            ? sessions.FindAsync(name, cancellationToken)
            : Task.FromResult<SessionLookup>(new SessionLookup.Unknown());

    private static void OfOperator(Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder policy) =>
        policy.AddAuthenticationSchemes(Schemes.Bearer).RequireAuthenticatedUser();
}

/// <summary>The login's body. What is missing is named by the endpoint, after it has looked at the header.</summary>
public sealed record LoginRequest
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>A one-time code or a recovery code; for those who have a second factor.</summary>
    public string? Totp { get; init; }

    public string? AgentId { get; init; }

    public string? AgentType { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => nameof(LoginRequest);
}

internal sealed record LoginAnswer(string AccessToken, string TokenType, long ExpiresIn, string AgentId)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => AgentId;
}

internal sealed record LogoutAnswer(string Status, string Message);

internal sealed record SessionStatusAnswer(
    bool Valid, string UserId, string? Role, string AgentId, long? Expires, bool IsAdmin, bool SessionExists, bool PinSet);
