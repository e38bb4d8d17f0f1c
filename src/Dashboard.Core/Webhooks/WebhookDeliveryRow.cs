using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashboard.Core.Webhooks;

/// <summary>A delivery as every store keeps it. Times are in milliseconds; the attempts are only ever read with it, and are JSON.</summary>
internal sealed record WebhookDeliveryRow(
    string Id,
    string WebhookId,
    string MessageId,
    string Type,
    string Kind,
    string Severity,
    long MessageAt,
    string Body,
    string State,
    long CreatedAt,
    long QueuedAt,
    long? DueAt,
    long Tries,
    string Attempts,
    long? EndedAt,
    string? GivenUpBecause,
    long Version)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static WebhookDeliveryRow Of(WebhookDelivery delivery) => new(
        delivery.Id,
        delivery.WebhookId,
        delivery.Message.Id,
        delivery.Message.Type,
        delivery.Message.Kind,
        delivery.Message.Severity.ToString(),
        delivery.Message.At.ToUnixTimeMilliseconds(),
        delivery.Message.Json,
        delivery.State.ToString(),
        delivery.CreatedAt.ToUnixTimeMilliseconds(),
        delivery.QueuedAt.ToUnixTimeMilliseconds(),
        delivery.DueAt?.ToUnixTimeMilliseconds(),
        delivery.Tries,
        JsonSerializer.Serialize(delivery.Attempts.Select(StoredAttempt.Of), Json),
        delivery.EndedAt?.ToUnixTimeMilliseconds(),
        delivery.GivenUpBecause,
        delivery.Version);

    public WebhookDelivery ToDelivery() => new()
    {
        Id = Id,
        WebhookId = WebhookId,
        Message = new WebhookMessage(MessageId, Type, Kind, Enum.Parse<WebhookSeverity>(Severity), TimeOf(MessageAt), Body),
        State = Enum.Parse<WebhookDeliveryState>(State),
        CreatedAt = TimeOf(CreatedAt),
        QueuedAt = TimeOf(QueuedAt),
        DueAt = DueAt is { } dueAt ? TimeOf(dueAt) : null,
        Tries = (int)Tries,
        Attempts = [.. JsonSerializer.Deserialize<List<StoredAttempt>>(Attempts, Json)!.Select(attempt => attempt.ToAttempt())],
        EndedAt = EndedAt is { } endedAt ? TimeOf(endedAt) : null,
        GivenUpBecause = GivenUpBecause,
        Version = Version,
    };

    /// <summary>Without the body.</summary>
    public override string ToString() => Id;

    private static DateTimeOffset TimeOf(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private sealed record StoredAttempt(long At, int? Status, string? Fault, long Took, string Answer)
    {
        public static StoredAttempt Of(WebhookAttempt attempt) => new(
            attempt.At.ToUnixTimeMilliseconds(), attempt.Status, attempt.Fault, (long)attempt.Took.TotalMilliseconds, attempt.Answer);

        public WebhookAttempt ToAttempt() => new(TimeOf(At), Status, Fault, TimeSpan.FromMilliseconds(Took), Answer);
    }
}
