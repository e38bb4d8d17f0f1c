using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Dashboard.OAuth;

/// <summary>Publishes the keys that resource servers verify our tokens with (RFC 7517).</summary>
internal static class JwksEndpoint
{
    public static void MapJwks(this IEndpointRouteBuilder routes) => routes
        .MapGet("/.well-known/jwks.json", Get)
        .WithTags("Public keys")
        .WithName("Jwks")
        .Produces<JsonElement>()
        .AllowAnonymous();

    /// <summary>Gives the keys that tokens are verified with (RFC 7517).</summary>
    internal static FileContentHttpResult Get(
        HttpContext context, KeyRing ring, IOptions<KeyOptions> options, IOptions<SignetOptions> signet)
    {
        var body = Jwks.Write(ring.All, signet.Value.Issuer);
        var seconds = ((long)options.Value.JwksCacheLifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = $"public, max-age={seconds}";

        // Public keys may be read by pages of any origin; no credentials are involved.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\"");
        return TypedResults.File(body, "application/json", entityTag: tag);
    }
}
