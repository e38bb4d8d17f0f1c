using Dashboard.Core.Storage.Status;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>Tells while the store is larger than it should become.</summary>
internal sealed class StoreBudgetCheck(IStoreStatus store, AlertBook book, IOptions<AlertOptions> options) : IAlertCheck
{
    private const string Key = "store";

    public TimeSpan Interval => TimeSpan.FromMinutes(5);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var budget = options.Value.StoreBudget;
        if (budget is 0 || (await store.ReadAsync(cancellationToken)).Bytes is not { } bytes || bytes <= budget)
        {
            return;
        }

        await book.RaiseAsync(
            new AlertDraft(
                AlertKinds.StoreLarge,
                Key,
                AlertSeverity.Warning,
                "The store is larger than planned",
                $"The store has outgrown its {ByteText.Of(budget)}. Look under retention what is kept how long, and whether the last purge went "
                + "through; or raise Alerts:StoreBudget.",
                "/settings?tab=retention")
            {
                Times = 0,
            },
            cancellationToken);
    }
}
