using Dashboard.Core.Events;
using Dashboard.Hosting;

namespace Dashboard.OAuth.ForwardAuth;

/// <summary>
/// Records what was refused before there was a token to judge, so that the reference in the answer can be opened. Refused
/// tokens record themselves, and how many refusals one address causes the budget limits.
/// </summary>
internal static class RecordedRefusals
{
    public static TBuilder WithRecordedRefusals<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter(RecordAsync);

    private static async ValueTask<object?> RecordAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var result = await next(invocation);
        if (result is OAuthRefusal refusal)
        {
            var services = invocation.HttpContext.RequestServices;
            services.GetRequiredService<EventLog>().Record(new SecurityEvent
            {
                At = services.GetRequiredService<TimeProvider>().GetUtcNow(),
                Kind = EventKinds.AccessRefused,
                Outcome = EventOutcome.Refused,
                Code = (refusal.Status is StatusCodes.Status401Unauthorized ? ErrorCode.AuthRequired : ErrorCode.InvalidInput).Name,
                Origin = invocation.HttpContext.Origin(),
                Detail = refusal.Description,
            });
        }

        return result;
    }
}
