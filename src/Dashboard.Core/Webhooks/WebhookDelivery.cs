using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Webhooks;

/// <summary>One message on its way to one webhook, and every attempt to bring it there.</summary>
public sealed record WebhookDelivery
{
    /// <summary>So many attempts are kept, the newest.</summary>
    internal const int MostAttempts = 30;

    private const string IdPrefix = "whd_";
    private const int IdLength = 22;

    /// <summary>Made of the webhook and the message: there is one delivery of both, however often it is asked for.</summary>
    public required string Id { get; init; }

    public required string WebhookId { get; init; }

    public required WebhookMessage Message { get; init; }

    public required WebhookDeliveryState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when its attempts are counted: when it was made, or when somebody had it sent again.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it is attempted next; while it is sent, when others may think that its sender is gone. Null at its end.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often it was attempted since it was queued.</summary>
    public int Tries { get; init; }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<WebhookAttempt> Attempts { get; init; } = [];

    /// <summary>When it was delivered or given up; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it was given up, in a sentence; null otherwise.</summary>
    public string? GivenUpBecause { get; init; }

    /// <summary>Rises by one with every change.</summary>
    public long Version { get; init; }

    /// <summary>True where a person tries the webhook out: it is attempted once, also while the webhook is disabled.</summary>
    public bool IsTest => Message.Type is WebhookMessage.TestType;

    /// <summary>True where it was given up, or is attempted again because it failed.</summary>
    public bool IsFailing => State is WebhookDeliveryState.GivenUp
        || (State is not WebhookDeliveryState.Delivered && Attempts is [.., { IsDelivered: false }]);

    internal static WebhookDelivery Of(Webhook webhook, WebhookMessage message, DateTimeOffset now) => new()
    {
        Id = IdOf(webhook.Id, message.Id),
        WebhookId = webhook.Id,
        Message = message,
        State = WebhookDeliveryState.Waiting,
        CreatedAt = now,
        QueuedAt = now,
        DueAt = now,
    };

    /// <summary>Taken by one sender for a while.</summary>
    internal WebhookDelivery ClaimedUntil(DateTimeOffset until) => this with { State = WebhookDeliveryState.Sending, DueAt = until };

    /// <summary>Without the message's body.</summary>
    public override string ToString() => Id;

    private static string IdOf(string webhook, string message) =>
        IdPrefix + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{webhook}\n{message}")))[..IdLength];
}

/// <summary>How far a delivery has come.</summary>
public enum WebhookDeliveryState
{
    Waiting,
    Sending,
    Delivered,
    GivenUp,
}

/// <summary>One attempt to deliver.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">The status of the answer; null where there was none.</param>
/// <param name="Fault">Why it failed, in a sentence; null where it was delivered.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Answer">The beginning of what was answered: somebody else's text.</param>
public sealed record WebhookAttempt(DateTimeOffset At, int? Status, string? Fault, TimeSpan Took, string Answer)
{
    public bool IsDelivered => Fault is null;
}
