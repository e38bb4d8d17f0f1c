namespace Dashboard.Hosting;

/// <summary>
/// Refuses a body that announces itself too large before anything else happens with the request. After routing, which knows
/// the endpoint's own limit; a body that does not say how long it is meets the same limit while it is read.
/// </summary>
internal sealed class BodyLimits(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!(context.Request.ContentLength > Limits.BodyOf(context.GetEndpoint())))
        {
            return next(context);
        }

        // The server will not read it, and so ends the connection. Unless the answer says so, the caller's next request goes
        // down with it. Later versions of HTTP have streams instead.
        if (context.Request.Protocol is "HTTP/1.1" or "HTTP/1.0")
        {
            context.Response.Headers.Connection = "close";
        }

        return Problems.WriteAsync(context, Limits.TooLarge(context.GetEndpoint()));
    }
}
