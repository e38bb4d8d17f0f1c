namespace Dashboard.Hosting;

/// <summary>
/// Answers HEAD wherever GET is answered (RFC 9110 section 9.1). Endpoints and pages are mapped for GET; the server itself
/// sends no body in answer to what came in as HEAD.
/// </summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    }
}
