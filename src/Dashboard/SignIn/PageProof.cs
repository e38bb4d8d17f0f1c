using Dashboard.Core.Events;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Dashboard.SignIn;

/// <summary>
/// Lets a session's cookie call the API only together with a ticket from one of its verified circuits: the cookie alone,
/// which can be copied, fetches nothing but pages without data. Holds for every endpoint that does not say it is for
/// anybody, so that a new one is closed. After authorization, before endpoints.
/// </summary>
internal sealed class PageProof(RequestDelegate next, PageTickets tickets, EventLog events, TimeProvider clock)
{
    public const string Header = "X-Signet-Page";
    private const string Parameter = "ticket=";

    public async Task InvokeAsync(HttpContext context)
    {
        if (CurrentSession.Of(context) is not { } session
            || !NeedsTicket(context)
            || HasTicket(context.Request, session.Name)
            || await UsesDownloadAsync(context, session.Name))
        {
            await next(context);
            return;
        }

        Record(context, session);
        await Problems.WriteAsync(context, Problems.Create(
            ErrorCode.FingerprintMismatch,
            "A session cookie alone does not reach the API: the request needs a ticket from an open page of the dashboard. "
            + "Programs log in at /auth/login and send a bearer token.",
            ("header", Header)));
    }

    private static bool NeedsTicket(HttpContext context) =>
        context.GetEndpoint() is { } endpoint
        && endpoint.IsMapped
        && !endpoint.IsStaticAsset
        && !context.Request.IsFramework
        && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null
        && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;

    private bool HasTicket(HttpRequest request, string session) =>
        request.Headers[Header] is [var ticket] && tickets.IsForApi(ticket, session);

    // Links carry no headers. The ticket is the last parameter, and taken off before anybody writes the query down.
    private async Task<bool> UsesDownloadAsync(HttpContext context, string session)
    {
        var request = context.Request;
        var query = request.QueryString.Value ?? "";
        var start = query.LastIndexOf(Parameter, StringComparison.Ordinal);
        if (!HttpMethods.IsGet(request.Method) || start < 1 || query[start - 1] is not ('?' or '&'))
        {
            return false;
        }

        var rest = query[..(start - 1)];
        var address = request.Path.ToUriComponent() + rest;
        if (!await tickets.TryUseForDownloadAsync(query[(start + Parameter.Length)..], session, address, context.RequestAborted))
        {
            return false;
        }

        request.QueryString = new QueryString(rest);
        return true;
    }

    private void Record(HttpContext context, Session session) => events.Record(new SecurityEvent
    {
        At = clock.GetUtcNow(),
        Kind = EventKinds.SessionBinding,
        Outcome = EventOutcome.Refused,
        Code = ErrorCode.FingerprintMismatch.Name,
        Subject = session.UserName,
        Session = session.Name,
        Origin = context.Origin(),
        Detail = $"Session {session.Name}: its cookie called the API without a ticket from an open page.",
    });
}
