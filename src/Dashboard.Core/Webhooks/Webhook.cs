using Dashboard.Core.Alerts;

namespace Dashboard.Core.Webhooks;

/// <summary>An address that is told of alerts.</summary>
public sealed record Webhook
{
    /// <summary>Begins every id of a webhook.</summary>
    public const string IdPrefix = "wh_";

    /// <summary>What <see cref="Kinds"/> can name: each fixed kind, and <c>rule</c> for those of all rules.</summary>
    public static readonly IReadOnlyList<string> KnownKinds = [.. AlertKinds.Fixed, AlertKinds.RulePrefix.TrimEnd(':')];

    public required string Id { get; init; }

    /// <summary>What it is for, in the words of whoever made it.</summary>
    public required string Name { get; init; }

    /// <summary>Where messages are posted. What stands behind its question mark is often a secret of the receiver's.</summary>
    public required string Url { get; init; }

    /// <summary>Less urgent messages are not sent to it.</summary>
    public WebhookSeverity MinimumSeverity { get; init; }

    /// <summary>The kinds of alerts that it is told of, <c>rule</c> for those of all rules; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public bool IsEnabled { get; init; } = true;

    /// <summary>Why Signet itself disabled it; null where it is enabled, or where a person disabled it.</summary>
    public string? DisabledBecause { get; init; }

    /// <summary>True where it may be in our own network and speak plain http. Heeded only as far as the settings allow it.</summary>
    public bool MayBePrivate { get; init; }

    /// <summary>Signs what is sent.</summary>
    public required WebhookSecret Secret { get; init; }

    /// <summary>The secret of before, which signs too until it ends; null where it was never rotated.</summary>
    public WebhookSecret? PreviousSecret { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Rises by one with every change.</summary>
    public long Version { get; init; }

    /// <summary>The address as far as its host, for whoever may not write there: chat services keep their secret in the path.</summary>
    public string ShownUrl => new Uri(Url).GetLeftPart(UriPartial.Authority) + "/…";

    /// <summary>Until when the secret of before signs too; null where it signs no more.</summary>
    public DateTimeOffset? PreviousSignsUntil(DateTimeOffset now) =>
        PreviousSecret?.EndsAt is { } endsAt && now < endsAt ? endsAt : null;

    /// <summary>Whether it is to be told of a message.</summary>
    public bool Wants(WebhookMessage message) =>
        IsEnabled
        && message.Severity >= MinimumSeverity
        && (Kinds is [] || Kinds.Any(kind => message.Kind == kind || message.Kind.StartsWith(kind + ":", StringComparison.Ordinal)));

    /// <summary>The secrets that sign at a time, the newest first.</summary>
    internal IEnumerable<WebhookSecret> SecretsAt(DateTimeOffset now) =>
        PreviousSecret is { } previous && PreviousSignsUntil(now) is not null ? [Secret, previous] : [Secret];

    /// <summary>Without address and secrets.</summary>
    public override string ToString() => Id;
}

/// <summary>A signing secret as it is kept.</summary>
/// <param name="SealedKey">The sealed key, see <see cref="WebhookSecrets"/>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="EndsAt">From when on it signs no more; null for as long as it is the newest.</param>
public sealed record WebhookSecret(byte[] SealedKey, DateTimeOffset CreatedAt, DateTimeOffset? EndsAt)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(WebhookSecret);
}
