using System.Globalization;
using System.Security.Cryptography;

namespace Dashboard.Core.Webhooks.Sending;

/// <summary>Decides what follows an attempt. Pure: the same attempt at the same time leads to the same, but for a little chance.</summary>
internal static class WebhookSchedule
{
    /// <summary>An answer that asks for more patience than this is not heeded further.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(6);

    /// <summary>What waited longer than this, because its webhook was disabled, is not sent any more.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(48);

    /// <summary>The pauses between attempts: about a day in all.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(7),
        TimeSpan.FromHours(8),
    ];

    /// <summary>No attempt follows one that fails after so long, however often an answer asked for patience.</summary>
    public static readonly TimeSpan LongestTrying = TimeSpan.FromHours(26);

    private const int Gone = 410;
    private const int Thousandths = 1_000;

    /// <summary>A pause is up to a tenth longer, so that what failed together does not come back together.</summary>
    public static TimeSpan Stretch(TimeSpan pause) => pause * (1 + (0.1 * RandomNumberGenerator.GetInt32(Thousandths) / Thousandths));

    /// <summary>A delivery after an attempt: delivered, due again, or given up.</summary>
    public static WebhookDelivery After(WebhookDelivery delivery, WebhookAttempt attempt, TimeSpan? retryAfter, DateTimeOffset now)
    {
        var tried = delivery with
        {
            Tries = delivery.Tries + 1,
            Attempts = [.. delivery.Attempts.TakeLast(WebhookDelivery.MostAttempts - 1), attempt],
        };
        return attempt switch
        {
            { IsDelivered: true } => tried with { State = WebhookDeliveryState.Delivered, DueAt = null, EndedAt = now },
            { Status: Gone } => GiveUp(tried, now, "It answered 410, which means that it wants no more messages."),
            _ when delivery.IsTest => GiveUp(tried, now, "A test is attempted once."),
            _ when tried.Tries > Pauses.Count => GiveUp(
                tried, now, string.Create(CultureInfo.InvariantCulture, $"It failed {tried.Tries} times within about a day.")),
            _ when now - delivery.QueuedAt >= LongestTrying => GiveUp(tried, now, "It was to be delivered for longer than a day."),
            _ => tried with { State = WebhookDeliveryState.Waiting, DueAt = now + PauseOf(tried.Tries, retryAfter) },
        };
    }

    /// <summary>The end of a delivery that nobody gets.</summary>
    public static WebhookDelivery GiveUp(WebhookDelivery delivery, DateTimeOffset now, string because) => delivery with
    {
        State = WebhookDeliveryState.GivenUp,
        DueAt = null,
        EndedAt = now,
        GivenUpBecause = because,
    };

    private static TimeSpan PauseOf(int tries, TimeSpan? retryAfter)
    {
        var pause = Stretch(Pauses[tries - 1]);
        var asked = retryAfter < LongestRetryAfter ? retryAfter.Value : retryAfter is null ? TimeSpan.Zero : LongestRetryAfter;
        return asked > pause ? asked : pause;
    }
}
