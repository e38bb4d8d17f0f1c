using Dashboard.Core.Events;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>What events mean as alerts.</summary>
internal static class EventDrafts
{
    /// <summary>The kinds of events that somebody should look at.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        [EventKinds.RefreshReplayed, EventKinds.UnknownToken, EventKinds.OperatorReset];

    /// <summary>Null for an event that nobody need look at.</summary>
    public static AlertDraft? Of(SecurityEvent item) => Draft(item) is { } draft ? draft with { At = item.At } : null;

    private static AlertDraft? Draft(SecurityEvent item) => item.Kind switch
    {
        EventKinds.RefreshReplayed => new AlertDraft(
            AlertKinds.RefreshReplay,
            $"{item.Client ?? "no client"} {item.Subject ?? "no subject"}",
            AlertSeverity.Critical,
            "A used refresh token came back",
            $"Client {item.Client ?? "unknown"}, subject {item.Subject ?? "unknown"}{From(item)}: a refresh token that had been used was "
            + "presented again. It may have been stolen, so its whole family is revoked. Ask the subject whether it was them.",
            item.TokenId is { } token ? $"/tokens/{Uri.EscapeDataString(token)}" : "/tokens"),
        EventKinds.UnknownToken => new AlertDraft(
            AlertKinds.UnknownToken,
            "tokens",
            AlertSeverity.Critical,
            "Somebody signs tokens with our key",
            $"{item.Detail}{(item.Origin.Ip is { } ip ? $" It came from {ip}." : "")} The key may have leaked: revoke it, unless an older "
            + "backup was restored.",
            item.Origin.RequestId is { } reference ? $"/failures/{Uri.EscapeDataString(reference)}" : "/keys"),
        EventKinds.OperatorReset => new AlertDraft(
            AlertKinds.OperatorReset,
            item.Subject ?? "unknown",
            AlertSeverity.Warning,
            $"How {item.Subject ?? "an operator"} logs in was reset",
            item.Detail ?? "An operator has a new password and no second factor.",
            "/operators"),
        _ => null,
    };

    private static string From(SecurityEvent item) => item.Origin.Ip is { } ip ? $", from {ip}" : "";
}
