using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using ValidationContext = Dashboard.Core.Tokens.Validation.ValidationContext;

namespace Dashboard.Arcp;

/// <summary>Asks whether a token is good, in every form that callers know.</summary>
internal static class ValidationEndpoints
{
    public static void MapValidation(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Validation").AllowAnonymous();

        group.MapPost("/auth/validate", ValidateAsync).WithName("Validate");
        group.MapPost("/auth/authorize", AuthorizeAsync).WithName("Authorize");
        group.MapGet("/tokens/validate", ValidateBearerAsync).WithName("ValidateBearer");
        group.MapPost("/tokens/validate", ValidateQuietlyAsync).WithName("ValidateQuietly");
    }

    internal static async Task<Results<Ok<ValidateAnswer>, ProblemResult>> ValidateAsync(
        ValidateRequest body, HttpContext context, TokenValidator validator, CancellationToken cancellationToken)
    {
        if (!TryReadScopes(body.Scopes, out var scopes))
        {
            return Problems.Invalid(new ValidationError("scopes", "must be an array of strings or one string"));
        }

        var asked = new ValidationContext
        {
            Audience = body.Audience,
            RequiredScopes = scopes,
            Fingerprint = body.Fingerprint ?? context.Request.SingleFingerprint(),
            Origin = context.Origin(),
        };
        return await validator.ValidateAsync(body.Token, asked, cancellationToken) switch
        {
            TokenVerdict.Accepted { Token: var token } => TypedResults.Ok(ValidateAnswer.Of(token)),
            TokenVerdict.Refused refused => Problems.From(refused),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    internal static async Task<Results<Ok<AuthorizeAnswer>, ProblemResult>> AuthorizeAsync(
        AuthorizeRequest body,
        HttpContext context,
        TokenValidator validator,
        ScopeHierarchy hierarchy,
        CancellationToken cancellationToken)
    {
        if (!TryReadScopes(body.Scopes, out var required) || (body.Resource is null) == (body.Scopes is null))
        {
            return Problems.Invalid(new ValidationError("scopes", "give either scopes (an array of strings or one string) or resource"));
        }

        if (body.Resource is { } resource)
        {
            if (hierarchy.FindResource(resource) is not { } needed)
            {
                return Problems.Invalid(new ValidationError("resource", "is not a configured protected resource"));
            }

            required = needed;
        }

        var asked = new ValidationContext
        {
            Audience = body.Audience,
            Fingerprint = body.Fingerprint ?? context.Request.SingleFingerprint(),
            Origin = context.Origin(),
        };
        return await validator.ValidateAsync(body.Token, asked, cancellationToken) switch
        {
            TokenVerdict.Accepted { Token.Scopes: var held } => TypedResults.Ok(AuthorizeAnswer.Of(hierarchy, held, required)),
            TokenVerdict.Refused refused => Problems.From(refused),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    /// <summary>The form ARCP's clients use: the token as a bearer, a refusal as a plain object.</summary>
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
            TokenVerdict.Refused refused => Refused($"Invalid token: {refused.Detail}"),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };

        static JsonHttpResult<QuietAnswer> Refused(string error) =>
            TypedResults.Json(new QuietAnswer(false, null, error), statusCode: StatusCodes.Status401Unauthorized);
    }

    /// <summary>Answers 200 either way: the token from the body, or from the query as ARCP's server takes it.</summary>
    internal static async Task<Results<Ok<QuietAnswer>, ProblemResult>> ValidateQuietlyAsync(
        string? token, HttpContext context, TokenValidator validator, CancellationToken cancellationToken)
    {
        if ((token ?? await ReadTokenAsync(context.Request, cancellationToken)) is not { Length: > 0 } given)
        {
            return Problems.Invalid(new ValidationError("token", "is required, in the body or in the query"));
        }

        return TypedResults.Ok(await JudgeAsync(given, context, validator, cancellationToken) switch
        {
            TokenVerdict.Accepted { Token: var accepted } => new QuietAnswer(true, accepted.Claims, null),
            TokenVerdict.Refused refused => new QuietAnswer(false, null, refused.Detail),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        });
    }

    // By hand: an endpoint that binds a body loses requests without one to the page at /tokens/{jti}.
    private static async Task<string?> ReadTokenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return null;
        }

        try
        {
            return (await request.ReadFromJsonAsync<QuietRequest>(cancellationToken))?.Token;
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
            new ValidationContext { Fingerprint = context.Request.SingleFingerprint(), Origin = context.Origin() },
            cancellationToken);

    private static bool TryReadScopes(JsonElement? json, out IReadOnlyList<string> scopes)
    {
        scopes = [];
        if (json is not { } value || value.ValueKind is JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind is JsonValueKind.String)
        {
            scopes = ScopeText.Split(value.GetString());
            return true;
        }

        if (value.ValueKind is not JsonValueKind.Array
            || value.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.String))
        {
            return false;
        }

        scopes = [.. value.EnumerateArray().Select(item => item.GetString()!)];
        return scopes.Count <= ScopeText.MostScopes;
    }
}

/// <summary>A token to judge.</summary>
/// <param name="Token">The token itself, without "Bearer".</param>
/// <param name="Audience">The audience it must be for; null for Signet's own.</param>
/// <param name="Scopes">Scopes it must grant, an array of strings or one string; null for none.</param>
/// <param name="Fingerprint">The fingerprint that came with it; null for the request's own header.</param>
public sealed record ValidateRequest(
    [property: Required] string Token,
    [property: StringLength(255)] string? Audience,
    JsonElement? Scopes,
    [property: StringLength(256)] string? Fingerprint);

/// <summary>What is asked of a token: scopes, or a resource that requires some.</summary>
public sealed record AuthorizeRequest(
    [property: Required] string Token,
    JsonElement? Scopes,
    [property: StringLength(255)] string? Resource,
    [property: StringLength(255)] string? Audience,
    [property: StringLength(256)] string? Fingerprint);

/// <summary>A token to judge without a refusal's details.</summary>
public sealed record QuietRequest(string? Token);

internal sealed record ValidateAnswer(
    bool Valid,
    string? AgentId,
    string Subject,
    string? ClientId,
    IReadOnlyList<string> Scopes,
    DateTimeOffset ExpiresAt,
    JsonElement Payload)
{
    public static ValidateAnswer Of(AcceptedToken token) => new(
        true, token.AgentId, token.Subject, token.Client, token.Scopes, token.ExpiresAt, token.Claims);
}

internal sealed record AuthorizeAnswer(
    bool Allowed, IReadOnlyList<string> Held, IReadOnlyList<string> Required, IReadOnlyList<string> Missing)
{
    public static AuthorizeAnswer Of(ScopeHierarchy hierarchy, IReadOnlyList<string> held, IReadOnlyList<string> required)
    {
        var missing = hierarchy.Missing(held, required);
        return new AuthorizeAnswer(missing is [], held, required, missing);
    }
}

internal sealed record BearerAnswer(bool Valid, string AgentId, JsonElement Payload);

internal sealed record QuietAnswer(bool Valid, JsonElement? Payload, string? Error);
