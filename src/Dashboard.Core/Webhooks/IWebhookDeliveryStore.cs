using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Webhooks;

/// <summary>
/// Keeps what is on its way to webhooks and what became of it. Every adapter must pass <c>WebhookDeliveryStoreContract</c>.
/// </summary>
internal interface IWebhookDeliveryStore
{
    /// <summary>
    /// Adds deliveries, all in one step; those that are there already and those of webhooks that are gone are passed over.
    /// Returns how many were added. With an audit entry, it stands in the log where one was.
    /// </summary>
    Task<int> AddAsync(IReadOnlyList<WebhookDelivery> added, AuditEntry? audit, CancellationToken cancellationToken);

    /// <summary>
    /// Takes up to so many deliveries of a webhook that are due, the first to be due first: until a time nobody else gets them.
    /// Whoever took one and did not replace it by then has lost it.
    /// </summary>
    Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(
        string webhookId, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a delivery whose stored version is still that of <paramref name="changed"/>; the stored one is one higher then.
    /// False, and nothing changed, where somebody else was faster.
    /// </summary>
    Task<bool> ReplaceAsync(WebhookDelivery changed, AuditEntry? audit, CancellationToken cancellationToken);

    /// <summary>Null where there is none.</summary>
    Task<WebhookDelivery?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The deliveries of a webhook, newest first.</summary>
    Task<Page<WebhookDelivery>> ListAsync(string webhookId, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes up to so many deliveries that were made before a time; returns how many went.</summary>
    /// <exception cref="TermOverException">Another node leads.</exception>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken);
}
