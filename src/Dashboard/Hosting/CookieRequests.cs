using Microsoft.AspNetCore.Antiforgery;

namespace Dashboard.Hosting;

/// <summary>
/// Protects API endpoints that a browser's session cookie can reach: a request that changes something must come from our
/// own pages and carry their antiforgery token in a header. Bearer tokens need neither, because no browser sends them by
/// itself.
/// </summary>
internal static class CookieRequests
{
    /// <summary>The header that carries the token; the framework's default name.</summary>
    public const string TokenHeader = "RequestVerificationToken";

    public static TBuilder RequireAntiforgeryForCookies<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter(CheckAsync);

    private static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        return IsSafe(context.Request.Method) || IsBearer(context) || await FaultAsync(context) is not { } problem
            ? await next(invocation)
            : problem;
    }

    private static async Task<ProblemResult?> FaultAsync(HttpContext context)
    {
        if (!context.RequestServices.GetRequiredService<OwnOrigins>().IsSameSiteRequest(context.Request))
        {
            return Problems.ForeignOrigin();
        }

        if (context.Request.Headers[TokenHeader].Count == 0)
        {
            return Problems.Create(
                ErrorCode.HeaderMissing, $"{TokenHeader} header is required with a session cookie", ("header", TokenHeader));
        }

        return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)
            ? null
            : Problems.Create(ErrorCode.InvalidInput, $"The {TokenHeader} header is not valid for this session. Load the page again.");
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsBearer(HttpContext context) => context.User.Identity?.AuthenticationType == Schemes.Bearer;
}
