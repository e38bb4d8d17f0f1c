using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Dashboard.Hosting;

/// <summary>Refuses what no endpoint should ever see: other hosts, odd methods and encodings, plain http.</summary>
internal sealed class RequestRules(
    RequestDelegate next, IOptions<HostingOptions> options, OwnHosts hosts, ILogger<RequestRules> logger)
{
    /// <summary>Where protected resources tell about themselves under their own names (RFC 9728 section 3); public, and nothing else.</summary>
    public const string ResourceMetadata = "/.well-known/oauth-protected-resource";

    /// <summary>Every method that is answered somewhere.</summary>
    public static readonly IReadOnlyList<string> Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public Task InvokeAsync(HttpContext context) =>
        Check(context) is { } problem ? Problems.WriteAsync(context, problem) : next(context);

    private ProblemResult? Check(HttpContext context) =>
        CheckHost(context.Request)
        ?? CheckMethod(context)
        ?? CheckTransport(context)
        ?? CheckFraming(context.Request)
        ?? CheckEncoding(context.Request);

    private ProblemResult? CheckHost(HttpRequest request) =>
        hosts.Contains(request.Host)
        || Health.IsPath(request.Path)
        || AskedTargets.IsPath(request.Path)
        || request.Path.StartsWithSegments(ResourceMetadata)
            ? null
            : Problems.Create(
                ErrorCode.InvalidInput,
                "This server does not answer for the host that was asked for: it is neither the issuer's nor named in "
                + "Hosting:Origins or AllowedHosts.");

    private static ProblemResult? CheckMethod(HttpContext context)
    {
        if (Methods.Contains(context.Request.Method, StringComparer.Ordinal) || IsWebSocketOverHttp2(context))
        {
            return null;
        }

        context.Response.Headers.Allow = string.Join(", ", Methods);
        return Problems.Create(ErrorCode.MethodNotAllowed, "This method is never answered.");
    }

    private static bool IsWebSocketOverHttp2(HttpContext context) =>
        context.Request.IsHub && context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private ProblemResult? CheckTransport(HttpContext context)
    {
        if (context.Request.IsHttps || options.Value.AllowHttp || Loopback.IsPeer(context) || Health.IsPath(context.Request.Path))
        {
            return null;
        }

        logger.PlainHttpRefused();
        return Problems.Create(
            ErrorCode.InvalidInput,
            "Signet answers plain http only on its own machine, because passwords and tokens could be read on the way. Use "
            + "https, or have the administrator name the reverse proxy in Hosting:KnownProxies.");
    }

    private static ProblemResult? CheckFraming(HttpRequest request)
    {
        // RFC 9112 section 6.1: a doubled transfer coding is how requests are smuggled past a proxy.
        return request.Headers.TransferEncoding.Count > 1 || request.Headers.TransferEncoding.ToString().Contains(',')
            ? Problems.Create(ErrorCode.InvalidInput, "Transfer-Encoding may be given once only.")
            : null;
    }

    private static ProblemResult? CheckEncoding(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType) || request.IsFramework)
        {
            return null;
        }

        // Whoever reads UTF-7 or an unknown character set as something else can be shown two different documents.
        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (!type.Charset.HasValue || IsUtf8(type.Charset))
            ? null
            : Problems.Create(ErrorCode.InvalidInput, "The Content-Type cannot be read, or its charset is not utf-8.")
                .WithStatus(StatusCodes.Status415UnsupportedMediaType);
    }

    private static bool IsUtf8(StringSegment charset) =>
        HeaderUtilities.RemoveQuotes(charset) is var name
        && (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase));
}
