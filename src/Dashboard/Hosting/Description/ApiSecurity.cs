using Dashboard.Core.Access;
using Dashboard.Core.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;

namespace Dashboard.Hosting.Description;

/// <summary>What callers prove themselves with, and who of them may.</summary>
internal static class ApiSecurity
{
    public static IReadOnlyDictionary<string, OpenApiSecurityScheme> Schemes => new Dictionary<string, OpenApiSecurityScheme>(StringComparer.Ordinal)
    {
        [Credentials.OperatorToken] = Bearer(
            "An operator’s token of POST /auth/login. It is bound to the X-Client-Fingerprint header that the login was sent with: "
            + "send the same header with every request."),
        [Credentials.Session] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = "__Host-signet",
            Description = "The session of a browser that is signed in to the dashboard. A request that changes something must come from "
                + $"the dashboard’s own pages and carry their token in the {CookieRequests.TokenHeader} header.",
        },
        [Credentials.AgentToken] = Bearer("An agent’s token of POST /agents/register, or where it says so its temporary token."),
        [Credentials.AccessToken] = Bearer("Any access token of this server or of an issuer that it trusts."),
        [Credentials.Client] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "basic",
            Description = "The client’s id and secret (client_secret_basic). client_secret_post and private_key_jwt are taken in the form "
                + "instead; a public client sends its client_id alone.",
        },
        [Credentials.InitialToken] = Bearer("An initial access token that an administrator made for registering clients."),
        [Credentials.RegistrationToken] = Bearer("The registration access token of this client; a change replaces it."),
    };

    /// <summary>The names of what an endpoint takes, one of them; with <see cref="Credentials.Nothing"/> where it takes none.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<object> metadata)
    {
        if (metadata.OfType<ApiCredentials>().LastOrDefault() is { } named)
        {
            return named.Names;
        }

        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            return [Credentials.Nothing];
        }

        if (metadata.OfType<BearerKinds>().LastOrDefault() is { } kinds)
        {
            return [.. kinds.Kinds.Select(NameOf).Distinct(StringComparer.Ordinal)];
        }

        return metadata.OfType<AuthorizationPolicy>().Any(policy => policy.AuthenticationSchemes is [Hosting.Schemes.Bearer])
            ? [Credentials.OperatorToken]
            : [Credentials.OperatorToken, Credentials.Session];
    }

    /// <summary>The right that an endpoint asks for; null where having logged in is enough.</summary>
    public static Right? RightOf(IReadOnlyCollection<object> metadata) => metadata.OfType<IAuthorizeData>()
        .Select(data => Enum.TryParse<Right>(data.Policy, out var right) ? right : (Right?)null)
        .Concat(metadata.OfType<AuthorizationPolicy>()
            .SelectMany(policy => policy.Requirements.OfType<RightRequirement>())
            .Select(requirement => (Right?)requirement.Right))
        .LastOrDefault(right => right is not null);

    private static string NameOf(TokenKind kind) => kind is TokenKind.Operator ? Credentials.OperatorToken : Credentials.AgentToken;

    private static OpenApiSecurityScheme Bearer(string description) => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = "JWT",
        Description = description,
    };
}
