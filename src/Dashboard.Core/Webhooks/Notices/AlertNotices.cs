using System.Globalization;
using Dashboard.Core.Alerts;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Webhooks.Notices;

/// <summary>
/// Hands every alert that opens to the webhooks, in order. How far it came is kept after the hand-over: a node that dies in
/// between hands the last ones over again, which adds nothing.
/// </summary>
internal sealed class AlertNotices(
    AlertBook alerts,
    IAlertNoticeStore notices,
    WebhookOutbox outbox,
    IOptions<SignetOptions> options,
    LeaderElection election,
    TimeProvider clock,
    ILogger<AlertNotices> logger) : LeaderWork(election, Interval, clock, logger)
{
    /// <summary>The type of what is sent when an alert opens.</summary>
    public const string OpenedType = "alert.opened";

    private const int BatchSize = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Hands over what has opened since.</summary>
    internal async Task HandOverAsync(CancellationToken cancellationToken)
    {
        var last = await notices.ReadAsync(cancellationToken);
        while (await alerts.ReadOpenedAfterAsync(last, BatchSize, cancellationToken) is { Count: > 0 } opened)
        {
            foreach (var alert in opened)
            {
                await outbox.EnqueueAsync(MessageOf(alert), cancellationToken);
            }

            last = opened[^1].Number;
            await notices.AdvanceAsync(last, cancellationToken);
        }
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => HandOverAsync(cancellationToken);

    protected override void Delayed(StoreUnavailableException exception) => Logger.NoticesDelayed(exception);

    // One whose mute ends opens again, under a number of its own.
    private WebhookMessage MessageOf(Alert alert) => new(
        string.Create(CultureInfo.InvariantCulture, $"{alert.Id}-{alert.Number}"),
        OpenedType,
        alert.Kind,
        alert.Severity is AlertSeverity.Critical ? WebhookSeverity.Critical : WebhookSeverity.Warning,
        alert.OpenedAt,
        WebhookBody.Of(OpenedType, alert.OpenedAt, new
        {
            id = alert.Id,
            kind = alert.Kind,
            severity = alert.Severity is AlertSeverity.Critical ? "critical" : "warning",
            title = alert.Title,
            detail = alert.Detail,
            opened_at = alert.OpenedAt.UtcDateTime,
            last_at = alert.LastAt.UtcDateTime,
            count = alert.Count,
            url = $"{options.Value.Issuer?.TrimEnd('/')}/alerts/{Uri.EscapeDataString(alert.Id)}",
        }));
}
