namespace Dashboard.Core.Webhooks;

/// <summary>A webhook as every store keeps it. Times are in milliseconds.</summary>
/// <param name="Id">The webhook.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Url">Where messages are posted.</param>
/// <param name="MinimumSeverity">The name of the least urgent severity.</param>
/// <param name="Kinds">Kinds of alerts, separated by spaces.</param>
/// <param name="IsEnabled">1 where it is.</param>
/// <param name="DisabledBecause">Why Signet itself disabled it.</param>
/// <param name="MayBePrivate">1 where it may be in our own network.</param>
/// <param name="Secret">The sealed key.</param>
/// <param name="SecretCreatedAt">When it was made.</param>
/// <param name="PreviousSecret">The sealed key of before.</param>
/// <param name="PreviousCreatedAt">When that was made.</param>
/// <param name="PreviousEndsAt">From when on it signs no more.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Version">Counts its changes.</param>
internal sealed record WebhookRow(
    string Id,
    string Name,
    string Url,
    string MinimumSeverity,
    string Kinds,
    long IsEnabled,
    string? DisabledBecause,
    long MayBePrivate,
    byte[] Secret,
    long SecretCreatedAt,
    byte[]? PreviousSecret,
    long? PreviousCreatedAt,
    long? PreviousEndsAt,
    string CreatedBy,
    long CreatedAt,
    long Version)
{
    public static WebhookRow Of(Webhook webhook) => new(
        webhook.Id,
        webhook.Name,
        webhook.Url,
        webhook.MinimumSeverity.ToString(),
        string.Join(' ', webhook.Kinds),
        webhook.IsEnabled ? 1 : 0,
        webhook.DisabledBecause,
        webhook.MayBePrivate ? 1 : 0,
        webhook.Secret.SealedKey,
        webhook.Secret.CreatedAt.ToUnixTimeMilliseconds(),
        webhook.PreviousSecret?.SealedKey,
        webhook.PreviousSecret?.CreatedAt.ToUnixTimeMilliseconds(),
        webhook.PreviousSecret?.EndsAt?.ToUnixTimeMilliseconds(),
        webhook.CreatedBy,
        webhook.CreatedAt.ToUnixTimeMilliseconds(),
        webhook.Version);

    public Webhook ToWebhook() => new()
    {
        Id = Id,
        Name = Name,
        Url = Url,
        MinimumSeverity = Enum.Parse<WebhookSeverity>(MinimumSeverity),
        Kinds = Kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        IsEnabled = IsEnabled != 0,
        DisabledBecause = DisabledBecause,
        MayBePrivate = MayBePrivate != 0,
        Secret = new WebhookSecret(Secret, DateTimeOffset.FromUnixTimeMilliseconds(SecretCreatedAt), null),
        PreviousSecret = PreviousSecret is { } key && PreviousCreatedAt is { } createdAt && PreviousEndsAt is { } endsAt
            ? new WebhookSecret(key, DateTimeOffset.FromUnixTimeMilliseconds(createdAt), DateTimeOffset.FromUnixTimeMilliseconds(endsAt))
            : null,
        CreatedBy = CreatedBy,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        Version = Version,
    };

    /// <summary>Without address and secrets.</summary>
    public override string ToString() => Id;
}
