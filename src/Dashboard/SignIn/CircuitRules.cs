using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Dashboard.SignIn;

/// <summary>
/// Bounds how many circuits a session, an address and this node have open. A circuit's connection is one request that
/// lasts as long as it does, so a place is held while that request runs; negotiating is refused before, because that is
/// what the page hears of (<c>circuit-refused.js</c>). After <see cref="SessionRules"/>: only sessions get here.
/// </summary>
internal sealed class CircuitRules(RequestDelegate next, OpenCircuits open)
{
    private static readonly PathString Negotiation = "/_blazor/negotiate";

    // These open nothing.
    private static readonly PathString[] Others = ["/_blazor/initializers", "/_blazor/disconnect"];
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.IsHub
            || CurrentSession.Of(context) is not { Name: var session }
            || Others.Contains(context.Request.Path))
        {
            return next(context);
        }

        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (context.Request.Path != Negotiation)
        {
            return ConnectAsync(context, session, address);
        }

        return open.HasRoom(session, address) ? next(context) : Problems.WriteAsync(context, Full());
    }

    private async Task ConnectAsync(HttpContext context, string session, string address)
    {
        // A poll ends before its circuit does: it could be neither counted nor cut off.
        if (!IsWebSocket(context))
        {
            await Problems.WriteAsync(
                context, Problems.Create(ErrorCode.InvalidInput, "Pages of the dashboard are connected by WebSocket only."));
            return;
        }

        using var place = open.Enter(session, address);
        await (place is null ? Problems.WriteAsync(context, Full()) : next(context));
    }

    private static bool IsWebSocket(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private static ProblemResult Full() => Problems.RateLimited(
        Wait, "Too many pages of the dashboard are open in this session, from this address or in all. Close one and try again.");
}
