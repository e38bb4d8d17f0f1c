using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Keys.Public;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Hosting;
using Dashboard.OAuth.Authorize;
using Dashboard.OAuth.Registration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Dashboard.OAuth;

/// <summary>Tells clients what there is and how it is used (RFC 8414): what is true of this server, and nothing else.</summary>
internal static class ServerMetadata
{
    public const string CacheControl = "public, max-age=300";

    private const string Path = "/.well-known/oauth-authorization-server";
    private const string OpenIdPath = "/.well-known/openid-configuration";

    private static readonly string[] Proofs =
    [
        ClientAuthMethod.ClientSecretBasic.Name, ClientAuthMethod.ClientSecretPost.Name, ClientAuthMethod.PrivateKeyJwt.Name,
    ];

    public static void MapServerMetadata(this WebApplication app)
    {
        var group = app.MapGroup("").WithTags("OAuth").AllowAnonymous().WithPublicCors();
        group.MapGet(Path, Get).WithName("ServerMetadata");

        // Some clients look here alone. It promises no ID tokens.
        group.MapGet(OpenIdPath, Get).WithName("OpenIdMetadata");

        // An issuer with a path has its document behind the one name and before the other (RFC 8414 section 3.1 and 5).
        if (new Uri(app.Services.GetRequiredService<IOptions<SignetOptions>>().Value.Issuer).AbsolutePath.TrimEnd('/') is { Length: > 0 } suffix)
        {
            group.MapGet(Path + suffix, Get).ExcludeFromDescription();
            group.MapGet(OpenIdPath + suffix, Get).ExcludeFromDescription();
            group.MapGet(suffix + OpenIdPath, Get).ExcludeFromDescription();
        }
    }

    /// <summary>Tells clients what there is and how it is used (RFC 8414).</summary>
    internal static Ok<ServerMetadataJson> Get(
        HttpContext context, IOptions<SignetOptions> signet, ProtectedResources resources, RegistrationPolicies registration)
    {
        context.Response.Headers.CacheControl = CacheControl;
        var start = signet.Value.Issuer.TrimEnd('/');
        return TypedResults.Ok(new ServerMetadataJson
        {
            Issuer = signet.Value.Issuer,
            AuthorizationEndpoint = start + AuthorizeEndpoints.Path,
            TokenEndpoint = start + OAuthEndpoints.Token,
            JwksUri = start + "/.well-known/jwks.json",
            RegistrationEndpoint = registration.Current.Mode is RegistrationMode.Off ? null : start + RegistrationEndpoints.Path,
            ScopesSupported = NullIfEmpty(resources.All.SelectMany(resource => resource.Scopes)),
            ProtectedResources = NullIfEmpty(resources.All.Select(resource => resource.Resource)),
            TokenEndpointAuthMethodsSupported = [.. Proofs, ClientAuthMethod.None.Name],
            TokenEndpointAuthSigningAlgValuesSupported = PublicKey.Algorithms,
            RevocationEndpoint = start + OAuthEndpoints.Revoke,
            RevocationEndpointAuthMethodsSupported = [.. Proofs, ClientAuthMethod.None.Name],
            RevocationEndpointAuthSigningAlgValuesSupported = PublicKey.Algorithms,
            IntrospectionEndpoint = start + OAuthEndpoints.Introspect,
            IntrospectionEndpointAuthMethodsSupported = Proofs,
            IntrospectionEndpointAuthSigningAlgValuesSupported = PublicKey.Algorithms,
        });
    }

    // A list without items is left out (RFC 8414 section 3.2).
    private static List<string>? NullIfEmpty(IEnumerable<string> items) =>
        items.Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } list ? list : null;
}

/// <summary>RFC 8414 section 2, RFC 9207 section 3, RFC 9728 section 4, OpenID Connect Discovery section 3.</summary>
internal sealed record ServerMetadataJson
{
    public required string Issuer { get; init; }

    public required string AuthorizationEndpoint { get; init; }

    public required string TokenEndpoint { get; init; }

    public required string JwksUri { get; init; }

    /// <summary>Null where nobody may register.</summary>
    public string? RegistrationEndpoint { get; init; }

    public IReadOnlyList<string>? ScopesSupported { get; init; }

    public IReadOnlyList<string>? ProtectedResources { get; init; }

    public IReadOnlyList<string> ResponseTypesSupported { get; init; } = ["code"];

    public IReadOnlyList<string> ResponseModesSupported { get; init; } = ["query"];

    public IReadOnlyList<string> GrantTypesSupported { get; init; } = GrantTypes.All;

    public required IReadOnlyList<string> TokenEndpointAuthMethodsSupported { get; init; }

    public required IReadOnlyList<string> TokenEndpointAuthSigningAlgValuesSupported { get; init; }

    public required string RevocationEndpoint { get; init; }

    public required IReadOnlyList<string> RevocationEndpointAuthMethodsSupported { get; init; }

    public required IReadOnlyList<string> RevocationEndpointAuthSigningAlgValuesSupported { get; init; }

    public required string IntrospectionEndpoint { get; init; }

    public required IReadOnlyList<string> IntrospectionEndpointAuthMethodsSupported { get; init; }

    public required IReadOnlyList<string> IntrospectionEndpointAuthSigningAlgValuesSupported { get; init; }

    public IReadOnlyList<string> CodeChallengeMethodsSupported { get; init; } = ["S256"];

    public bool AuthorizationResponseIssParameterSupported { get; init; } = true;

    public bool RequestParameterSupported { get; init; }

    /// <summary>Said, because without it clients of OpenID Connect take it for true (Discovery section 3).</summary>
    public bool RequestUriParameterSupported { get; init; }
}
