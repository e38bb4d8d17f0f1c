using System.ComponentModel;
using System.Text.Json;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Arcp;

/// <summary>Whether a token is good, in the plain forms that ARCP's clients know.</summary>
internal static class QuietValidationEndpoints
{
    public static void MapQuietValidation(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/tokens/validate")
            .WithTags("Validation")
            .AllowAnonymous()
            .WithBudget(RequestBudget.QuietValidation);

        group.MapGet("", ValidateBearerAsync).WithName("ValidateBearer")
            .WithCredentials(Credentials.AccessToken)
            .Produces<QuietAnswer>(StatusCodes.Status401Unauthorized);
        group.MapPost("", ValidateQuietlyAsync)
            .WithName("ValidateQuietly")
            .Accepts<QuietRequest>(isOptional: true, "application/json");
    }

    /// <summary>Says whether the bearer token of the request is good.</summary>
    /// <remarks>A refusal is a plain object, as ARCP’s clients read it.</remarks>
    internal static async Task<Results<Ok<BearerAnswer>, JsonHttpResult<QuietAnswer>>> ValidateBearerAsync(
        HttpContext context, TokenValidator validator, CancellationToken cancellationToken)
    {
        if (BearerToken.Of(context.Request) is not { } token)
        {
            return Refused("No token provided");
        }

        return await JudgeAsync(token, context, validator, cancellationToken) switch
        {
            TokenVerdict.Accepted { Token: var accepted } =>
                TypedResults.Ok(new BearerAnswer(true, accepted.AgentId ?? accepted.Subject, accepted.Claims)),
            TokenVerdict.Refused refused => Refused($"Invalid token: {Problems.From(refused).ShownTo(context).Detail}"),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };

        static JsonHttpResult<QuietAnswer> Refused(string error) =>
            TypedResults.Json(new QuietAnswer(false, null, error), statusCode: StatusCodes.Status401Unauthorized);
    }

    /// <summary>Says whether a token is good, with 200 either way.</summary>
    /// <remarks>The token is in the body, or in the query as ARCP’s server takes it.</remarks>
    internal static async Task<Results<Ok<QuietAnswer>, ProblemResult>> ValidateQuietlyAsync(
        [Description("The token, where it is not in the body.")] string? token, HttpContext context, TokenValidator validator, CancellationToken cancellationToken)
    {
        var fromBody = await ReadTokenAsync(context.Request, cancellationToken);
        if (token is not null && fromBody is not null)
        {
            return Problems.Create(ErrorCode.InvalidInput, "A token is given in the query and another in the body; give one of them.");
        }

        if ((token ?? fromBody) is not { Length: > 0 } given)
        {
            return Problems.Invalid(new ValidationError("token", "is required, in the body or in the query"));
        }

        switch (await JudgeAsync(given, context, validator, cancellationToken))
        {
            case TokenVerdict.Accepted { Token: var accepted }:
                return TypedResults.Ok(new QuietAnswer(true, accepted.Claims, null));
            case TokenVerdict.Refused refused:
                context.CountAsRefused();
                return TypedResults.Ok(new QuietAnswer(false, null, Problems.From(refused).ShownTo(context).Detail));
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }

    // By hand, because a body is optional where the token is in the query.
    private static async Task<string?> ReadTokenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return string.IsNullOrEmpty(request.ContentType)
                ? null
                : throw new BadHttpRequestException("The token comes as JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return (await request.ReadFromJsonAsync<QuietRequest>(Json.Options, cancellationToken))?.Token;
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException("The body is not the expected JSON.", StatusCodes.Status400BadRequest, exception);
        }
    }

    private static ValueTask<TokenVerdict> JudgeAsync(
        string token, HttpContext context, TokenValidator validator, CancellationToken cancellationToken) =>
        validator.ValidateAsync(
            token,
            new ValidationContext
            {
                Fingerprint = context.Request.SingleFingerprint(),
                IsHandedOn = true,
                AcceptsTrustedIssuers = true,
                Origin = context.Origin(),
            },
            cancellationToken);
}

/// <summary>A token to judge without a refusal's details.</summary>
public sealed record QuietRequest(string? Token);

internal sealed record BearerAnswer(bool Valid, string AgentId, JsonElement Payload);

internal sealed record QuietAnswer(bool Valid, JsonElement? Payload, string? Error);
