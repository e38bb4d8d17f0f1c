using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Dashboard.OAuth;

/// <summary>
/// Tells clients where the tokens of a protected resource come from (RFC 9728). Answered under the resource's own host:
/// its proxy sends these requests here. <c>resource</c> is then what the client asked for, or it must not believe it.
/// </summary>
internal static class ResourceMetadata
{
    public static void MapResourceMetadata(this IEndpointRouteBuilder routes) => routes
        .MapGet(RequestRules.ResourceMetadata + "/{**path}", Get)
        .WithTags("OAuth")
        .WithName("ResourceMetadata")
        .AllowAnonymous()
        .WithPublicCors();

    /// <summary>Where the metadata of a resource is; null for one that is no place.</summary>
    public static string? AddressOf(ProtectedResource resource) =>
        new Uri(resource.Resource) is { Scheme: "https" or "http" } address
            ? address.GetLeftPart(UriPartial.Authority) + RequestRules.ResourceMetadata + address.AbsolutePath.TrimEnd('/')
            : null;

    /// <summary>Tells where the tokens of a protected resource come from (RFC 9728).</summary>
    /// <remarks>Asked under the resource’s own host, whose proxy sends it here.</remarks>
    [Refuses(ErrorCode.NotFound)]
    internal static Results<Ok<ResourceMetadataJson>, ProblemResult> Get(
        string? path, HttpContext context, ProtectedResources resources, IOptions<SignetOptions> signet)
    {
        if (resources.Find(context.Request.Host.Value ?? "", "/" + path) is not { } resource)
        {
            return Problems.Create(ErrorCode.NotFound, "There is no protected resource at this host and path.");
        }

        context.Response.Headers.CacheControl = ServerMetadata.CacheControl;
        return TypedResults.Ok(new ResourceMetadataJson(
            resource.Resource,
            [signet.Value.Issuer],
            resource.Scopes is [] ? null : resource.Scopes,
            ["header"],
            resource.Name));
    }
}

/// <summary>RFC 9728 section 2.</summary>
internal sealed record ResourceMetadataJson(
    string Resource,
    IReadOnlyList<string> AuthorizationServers,
    IReadOnlyList<string>? ScopesSupported,
    IReadOnlyList<string> BearerMethodsSupported,
    string? ResourceName);
