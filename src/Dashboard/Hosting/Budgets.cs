using System.Net;
using Dashboard.Core.Throttling.Budgets;

namespace Dashboard.Hosting;

/// <summary>
/// Holds endpoints to what one address may cost. Refuses before anything is read, authenticated or judged; what costs is a
/// refused request, or every one where the budget says so: then it is counted before, so that many at once count, too.
/// </summary>
internal sealed class Budgets(RequestDelegate next, RequestBudgets budgets, BudgetRefusals refusals)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequestBudget>() is not { } budget)
        {
            await next(context);
            return;
        }

        var address = context.Connection.RemoteIpAddress;
        var spent = budget.CountsEverything ? budgets.Spend(budget, address) : budgets.FindSpent(budget, address);
        if (spent is not null)
        {
            await Problems.WriteAsync(context, refusals.Refuse(context, spent));
        }
        else if (budget.CountsEverything)
        {
            await next(context);
        }
        else
        {
            await CountRefusalsAsync(context, budget, address);
        }
    }

    private async Task CountRefusalsAsync(HttpContext context, RequestBudget budget, IPAddress? address)
    {
        var isCharged = true;
        try
        {
            await next(context);
            isCharged = IsRefused(context);
        }
        catch (Exception exception) when (exception is not BadHttpRequestException)
        {
            // Our own failures cost the caller nothing.
            isCharged = false;
            throw;
        }
        finally
        {
            if (isCharged)
            {
                budgets.Charge(budget, address);
            }
        }
    }

    private static bool IsRefused(HttpContext context) =>
        context.Response.StatusCode is >= 400 and < 500 and not StatusCodes.Status429TooManyRequests
        || context.Features.Get<QuietRefusal>() is not null;
}

/// <summary>Marks a request as refused though its answer is 200.</summary>
internal sealed class QuietRefusal
{
    public static readonly QuietRefusal Instance = new();
}

internal static class BudgetExtensions
{
    /// <summary>What these endpoints cost, one address can spend only so much of.</summary>
    public static TBuilder WithBudget<TBuilder>(this TBuilder builder, RequestBudget budget)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(budget);

    /// <summary>Makes a refusal cost what refusals cost, where the answer's status does not show it.</summary>
    public static void CountAsRefused(this HttpContext context) => context.Features.Set(QuietRefusal.Instance);
}
