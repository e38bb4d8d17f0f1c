namespace Dashboard.Hosting;

/// <summary>
/// Lets circuits be opened from our own pages only: browsers send cookies with WebSockets of any page, and the hub itself
/// takes every Origin.
/// </summary>
internal sealed class HubRules(RequestDelegate next, OwnOrigins origins, ILogger<HubRules> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        // The list of script initializers is no circuit, and browsers send no Origin with a plain GET to their own site.
        if (!context.Request.IsHub || context.Request.Path == "/_blazor/initializers" || origins.IsFromOwn(context.Request))
        {
            return next(context);
        }

        logger.OriginRefused();
        return Problems.WriteAsync(context, Problems.Create(ErrorCode.InvalidInput, "The Origin is not one of this dashboard's."));
    }
}
