using Dashboard.Core.Audit;

namespace Dashboard.Core.Webhooks;

/// <summary>Keeps webhooks. Every adapter must pass <c>WebhookStoreContract</c>.</summary>
internal interface IWebhookStore
{
    /// <summary>Every webhook, newest first: people make them one by one.</summary>
    Task<IReadOnlyList<Webhook>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Null where there is none.</summary>
    Task<Webhook?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a webhook; false, and nothing changed, where there are as many as there may be.</summary>
    Task<bool> AddAsync(Webhook added, int most, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a webhook whose stored version is still that of <paramref name="changed"/>; the stored one is one higher then.
    /// False, and nothing changed, where somebody else was faster.
    /// </summary>
    Task<bool> ReplaceAsync(Webhook changed, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Deletes a webhook with all its deliveries; false, and nothing changed, where there is none.</summary>
    Task<bool> DeleteAsync(string id, AuditEntry audit, CancellationToken cancellationToken);
}
