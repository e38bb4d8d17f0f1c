namespace Dashboard.Hosting;

/// <summary>
/// Refuses a body that announces itself too large before anything else happens with the request. After routing, which knows
/// the endpoint's own limit; a body that does not say how long it is meets the same limit while it is read.
/// </summary>
internal sealed class BodyLimits(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Request.ContentLength > Limits.BodyOf(context.GetEndpoint())
            ? Problems.WriteAsync(context, Limits.TooLarge(context.GetEndpoint()))
            : next(context);
}
