using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Webhooks;

namespace Dashboard.Webhooks;

/// <summary>A webhook to be made.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Url">Where messages are posted.</param>
/// <param name="MinimumSeverity"><c>information</c>, <c>warning</c> or <c>critical</c>; absent for all.</param>
/// <param name="Kinds">The kinds of alerts that it is told of; absent for all.</param>
/// <param name="Enabled">Absent for enabled.</param>
/// <param name="MayBePrivate">Whether it may be in our own network, where the settings allow that.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record CreateWebhookRequest(
    [property: Required, StringLength(100)] string Name,
    [property: Required, StringLength(2_000)] string Url,
    [property: RegularExpression("information|warning|critical", ErrorMessage = WebhookBodies.SeverityRule)] string? MinimumSeverity,
    [property: MaxLength(50)] string?[]? Kinds,
    bool? Enabled,
    bool? MayBePrivate,
    [property: StringLength(500)] string? Reason)
{
    internal WebhookDraft ToDraft() => WebhookBodies.Draft(Name, Url, MinimumSeverity, Kinds, Enabled, MayBePrivate);
}

/// <summary>
/// All of what a webhook is to be, as in <see cref="CreateWebhookRequest"/>; what is absent is what it would be for a new one. With
/// the version that was read nobody's change is lost; without one whichever it has is changed.
/// </summary>
public sealed record ChangeWebhookRequest(
    [property: Required, StringLength(100)] string Name,
    [property: Required, StringLength(2_000)] string Url,
    [property: RegularExpression("information|warning|critical", ErrorMessage = WebhookBodies.SeverityRule)] string? MinimumSeverity,
    [property: MaxLength(50)] string?[]? Kinds,
    bool? Enabled,
    bool? MayBePrivate,
    long? Version,
    [property: Required, StringLength(500, MinimumLength = 3)] string Reason)
{
    internal WebhookDraft ToDraft() => WebhookBodies.Draft(Name, Url, MinimumSeverity, Kinds, Enabled, MayBePrivate);
}

/// <summary>Gives a webhook another secret.</summary>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record RotateWebhookSecretRequest([property: Required, StringLength(500, MinimumLength = 3)] string Reason);

/// <summary>Why a webhook goes.</summary>
public sealed record DeleteWebhookRequest(string? Reason);

/// <summary>Why something is sent again.</summary>
public sealed record SendWebhookAgainRequest([property: StringLength(500)] string? Reason);

internal static class WebhookBodies
{
    public const string SeverityRule = "must be information, warning or critical";

    public static WebhookDraft Draft(
        string name, string url, string? severity, string?[]? kinds, bool? isEnabled, bool? mayBePrivate) => new(
        name.Trim(),
        url.Trim(),
        WebhookWords.SeverityOf(severity) ?? WebhookSeverity.Information,
        [.. (kinds ?? []).Select(kind => kind ?? "")],
        isEnabled ?? true,
        mayBePrivate ?? false);
}
