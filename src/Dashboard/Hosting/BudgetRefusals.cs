using Dashboard.Core.Events;
using Dashboard.Core.Throttling.Budgets;

namespace Dashboard.Hosting;

/// <summary>Refuses what an address has no budget for any more, so that the answer's reference can be opened.</summary>
internal sealed class BudgetRefusals(EventLog events, TimeProvider clock)
{
    /// <summary>The answer, recorded as an event.</summary>
    public ProblemResult Refuse(HttpContext context, SpentBudget spent)
    {
        var refusal = Problems.BudgetSpent(spent);
        events.Record(new SecurityEvent
        {
            At = clock.GetUtcNow(),
            Kind = EventKinds.RequestThrottled,
            Outcome = EventOutcome.Refused,
            Code = refusal.Code.Name,
            Origin = context.Origin(),
            Detail = refusal.Detail,
        });
        return refusal;
    }
}
