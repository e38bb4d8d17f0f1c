using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Webhooks;

/// <summary>Log events 2500-2549. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(2500, LogLevel.Warning, "The delivery {Delivery} to the webhook {Webhook} was given up: {Because}")]
    public static partial void DeliveryGivenUp(this ILogger logger, string delivery, string webhook, string? because);

    [LoggerMessage(
        2501,
        LogLevel.Information,
        "What became of the delivery {Delivery} to the webhook {Webhook} is not recorded: another sender has it, or it is gone.")]
    public static partial void DeliveryLost(this ILogger logger, string delivery, string webhook);

    [LoggerMessage(2502, LogLevel.Warning, "The webhook {Webhook} answered 410 and is disabled.")]
    public static partial void WebhookDisabled(this ILogger logger, string webhook);

    [LoggerMessage(2503, LogLevel.Error, "Sending to webhooks waits: the store cannot be used.")]
    public static partial void SendingDelayed(this ILogger logger, Exception exception);

    [LoggerMessage(2504, LogLevel.Error, "Sending to a webhook broke off.")]
    public static partial void LaneBroken(this ILogger logger, Exception exception);

    [LoggerMessage(2505, LogLevel.Error, "Handing alerts to webhooks waits: the store cannot be used.")]
    public static partial void NoticesDelayed(this ILogger logger, Exception exception);
}
