namespace Dashboard.Hosting;

/// <summary>
/// Lets circuits be opened from our own pages only: browsers send cookies with WebSockets of any page, and the hub itself
/// takes every Origin. A node that is about to end opens none: a balancer may still hold a connection to it, and a circuit that
/// began now would only hold up the end.
/// </summary>
internal sealed class HubRules(
    RequestDelegate next, OwnOrigins origins, IHostApplicationLifetime lifetime, ILogger<HubRules> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHub && lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // As if the node were gone already: balancers then ask the next one.
            context.Abort();
            return Task.CompletedTask;
        }

        // The list of script initializers is no circuit, and browsers send no Origin with a plain GET to their own site.
        if (!context.Request.IsHub || context.Request.Path == "/_blazor/initializers" || origins.IsFromOwn(context.Request))
        {
            return next(context);
        }

        logger.OriginRefused();
        return Problems.WriteAsync(context, Problems.Create(ErrorCode.InvalidInput, "The Origin is not one of this dashboard's."));
    }
}
