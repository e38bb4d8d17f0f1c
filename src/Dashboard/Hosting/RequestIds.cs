using Dashboard.Core.Primitives;

namespace Dashboard.Hosting;

/// <summary>
/// Gives every request the reference under which people find it again: in the answer's header, in problem details, in
/// the events and in the log. Ours alone: a caller's own X-Request-ID is not taken over.
/// </summary>
internal sealed class RequestIds(RequestDelegate next, ILogger<RequestIds> logger)
{
    public const string Header = "X-Request-ID";

    private static readonly Func<ILogger, string, IDisposable?> Scope = LoggerMessage.DefineScope<string>("request_id:{request_id}");

    public async Task InvokeAsync(HttpContext context)
    {
        var id = Identifiers.NewRequestId();
        context.TraceIdentifier = id;

        // At the last moment: what handles exceptions clears the headers that were set before.
        context.Response.OnStarting(
            static state =>
            {
                var context = (HttpContext)state;
                context.Response.Headers[Header] = context.TraceIdentifier;
                return Task.CompletedTask;
            },
            context);

        using (Scope(logger, id))
        {
            await next(context);
        }
    }
}
