using System.Globalization;
using Dashboard.Controls;
using Dashboard.Core.Webhooks;

namespace Dashboard.Webhooks;

/// <summary>What webhooks and deliveries are called, in the API and for people.</summary>
internal static class WebhookWords
{
    private static readonly char[] Separators = [' ', ',', '\n', '\r', '\t'];

    /// <summary>The severity in the API and in forms.</summary>
    public static string NameOf(WebhookSeverity severity) => severity switch
    {
        WebhookSeverity.Information => "information",
        WebhookSeverity.Warning => "warning",
        WebhookSeverity.Critical => "critical",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "No name for this severity."),
    };

    /// <summary>Null for a text that names none.</summary>
    public static WebhookSeverity? SeverityOf(string? text) => Enum.GetValues<WebhookSeverity>()
        .Select(severity => (WebhookSeverity?)severity)
        .FirstOrDefault(severity => NameOf(severity!.Value) == text);

    /// <summary>What is sent, in words that follow "Told of".</summary>
    public static string WishesOf(Webhook webhook) => webhook switch
    {
        { Kinds: [], MinimumSeverity: WebhookSeverity.Information } => "every alert",
        { Kinds: [] } => $"every alert that is at least {NameOf(webhook.MinimumSeverity)}",
        { MinimumSeverity: WebhookSeverity.Information } => string.Join(", ", webhook.Kinds),
        _ => $"{string.Join(", ", webhook.Kinds)}, where at least {NameOf(webhook.MinimumSeverity)}",
    };

    public static string NameOf(WebhookDeliveryState state) => state switch
    {
        WebhookDeliveryState.Waiting => "waiting",
        WebhookDeliveryState.Sending => "sending",
        WebhookDeliveryState.Delivered => "delivered",
        WebhookDeliveryState.GivenUp => "given_up",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No name for this state."),
    };

    /// <summary>The state for people: a shape and a word.</summary>
    public static (StatusKind Kind, string Text) StatusOf(WebhookDelivery delivery) => delivery switch
    {
        { State: WebhookDeliveryState.Delivered } => (StatusKind.Live, "Delivered"),
        { State: WebhookDeliveryState.GivenUp } => (StatusKind.Refused, "Given up"),
        { State: WebhookDeliveryState.Sending } => (StatusKind.Warning, "Being sent"),
        { IsFailing: true } => (StatusKind.Warning, "Tried again"),
        _ => (StatusKind.Ended, "Waiting"),
    };

    public static (StatusKind Kind, string Text) StatusOf(Webhook webhook) => webhook switch
    {
        { IsEnabled: true } => (StatusKind.Live, "Enabled"),
        { DisabledBecause: not null } => (StatusKind.Refused, "Disabled by Signet"),
        _ => (StatusKind.Ended, "Disabled"),
    };

    /// <summary>What came of an attempt.</summary>
    public static string OutcomeOf(WebhookAttempt attempt) => attempt.Fault
        ?? string.Create(CultureInfo.InvariantCulture, $"Delivered: it answered {attempt.Status}.");

    public static string LengthOf(TimeSpan took) =>
        string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:N0} ms");

    /// <summary>Kinds as people type them: separated by spaces, commas or lines.</summary>
    public static string[] SplitKinds(string text) => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
}
