using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Hosting;

namespace Dashboard.OAuth;

/// <summary>
/// Records the refusals that these endpoints make by themselves, so that the reference in each leads to its reason. Those of
/// the core are recorded there. How many there can be is bounded by the budgets, which refuse before.
/// </summary>
internal class RefusalRecord(EventLog events, TimeProvider clock) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        switch (result)
        {
            case OAuthRefusal { IsRecorded: false } refusal:
                var (kind, code) = NameOf(refusal);
                Record(context.HttpContext, kind, code, refusal.Description);
                break;
            case ProblemResult { Code: ErrorCode.InsufficientRole } problem:
                Record(context.HttpContext, EventKinds.AccessRefused, problem.Code.Name, problem.Detail);
                break;
        }

        return result;
    }

    /// <summary>What kind of event a refusal is, and its code there.</summary>
    protected virtual (string Kind, string Code) NameOf(OAuthRefusal refusal) =>
        (refusal.Error is OAuthRefusal.InvalidClientError ? EventKinds.ClientRefused : EventKinds.RequestRefused, refusal.Error);

    private void Record(HttpContext context, string kind, string code, string detail) => events.Record(new SecurityEvent
    {
        At = clock.GetUtcNow(),
        Kind = kind,
        Outcome = EventOutcome.Refused,
        Code = code,
        Subject = context.User.Identity?.Name,
        Client = context.Features.Get<Client>()?.Id,
        Origin = context.Origin(),
        Detail = detail,
    });
}
