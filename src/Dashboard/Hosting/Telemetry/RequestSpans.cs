using System.Diagnostics;
using System.Globalization;
using Dashboard.Core.Telemetry;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Dashboard.Hosting.Telemetry;

/// <summary>
/// Says on the framework's own span of a request what was asked for and what became of it, as the semantic conventions call it,
/// and under which reference. By route, never by path or query: these hold what callers write.
/// </summary>
internal sealed class RequestSpans(RequestDelegate next)
{
    public const string RequestId = "request_id";
    public const string Method = "http.request.method";
    public const string Route = "http.route";
    public const string Status = "http.response.status_code";
    public const string Scheme = "url.scheme";

    private const string OtherMethod = "_OTHER";

    private static readonly string[] KnownMethods =
    [
        HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete,
        HttpMethods.Options, HttpMethods.Trace, HttpMethods.Connect,
    ];

    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span
            ? next(context)
            : Health.IsPath(context.Request.Path) ? LeaveOutAsync(context, span) : DescribeAsync(context, span);

    // Orchestrators ask every few seconds.
    private Task LeaveOutAsync(HttpContext context, Activity span)
    {
        (span.IsAllDataRequested, span.ActivityTraceFlags) = (false, span.ActivityTraceFlags & ~ActivityTraceFlags.Recorded);
        return next(context);
    }

    private async Task DescribeAsync(HttpContext context, Activity span)
    {
        var method = Array.Find(KnownMethods, known => known == context.Request.Method) ?? OtherMethod;
        span.SetTag(RequestId, context.TraceIdentifier);
        span.SetTag(Method, method);
        try
        {
            await next(context);
        }
        finally
        {
            var (route, status) = (RouteOf(context), context.Response.StatusCode);
            span.DisplayName = route is null ? method : $"{method} {route}";
            span.SetTag(Scheme, context.Request.IsHttps ? Uri.UriSchemeHttps : Uri.UriSchemeHttp);
            span.SetTag(Route, route);
            span.SetTag(Status, status);
            if (status >= StatusCodes.Status500InternalServerError)
            {
                span.SetTag(TelemetryNames.ErrorType, status.ToString(CultureInfo.InvariantCulture));
                span.SetStatus(ActivityStatusCode.Error);
            }
        }
    }

    // What was asked for, not the page that says why it was not to be had.
    private static string? RouteOf(HttpContext context)
    {
        var endpoint = context.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint
            ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint
            ?? context.GetEndpoint();
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText;
    }
}
