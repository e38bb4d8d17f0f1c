using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Webhooks.Redis;

internal sealed class RedisWebhookStore(RedisDatabase database, RedisAuditStore audits) : IWebhookStore
{
    private readonly RedisKeys _keys = database.Keys;

    public async Task<IReadOnlyList<Webhook>> ReadAsync(CancellationToken cancellationToken) =>
    [
        .. (await database.RunAsync(redis => redis.HashGetAllAsync(_keys.Webhooks), cancellationToken))
            .Select(field => RedisJson.Read<WebhookRow>(field.Value).ToWebhook())
            .OrderByDescending(webhook => webhook.CreatedAt)
            .ThenBy(webhook => webhook.Id, StringComparer.Ordinal),
    ];

    public async Task<Webhook?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await database.RunAsync(redis => redis.HashGetAsync(_keys.Webhooks, id), cancellationToken);
        return row.IsNull ? null : RedisJson.Read<WebhookRow>(row).ToWebhook();
    }

    public Task<bool> AddAsync(Webhook added, int most, AuditEntry audit, CancellationToken cancellationToken) => ChangeAsync(
        RedisWebhookScripts.Add,
        [_keys.Webhooks],
        [added.Id, RedisJson.Write(WebhookRow.Of(added)), most],
        audit,
        cancellationToken);

    public Task<bool> ReplaceAsync(Webhook changed, AuditEntry audit, CancellationToken cancellationToken) => ChangeAsync(
        RedisWebhookScripts.Replace,
        [_keys.Webhooks],
        [changed.Id, RedisJson.Write(WebhookRow.Of(changed) with { Version = changed.Version + 1 }), changed.Version],
        audit,
        cancellationToken);

    public Task<bool> DeleteAsync(string id, AuditEntry audit, CancellationToken cancellationToken) => ChangeAsync(
        RedisWebhookScripts.Delete,
        [
            _keys.Webhooks,
            _keys.WebhookDeliveries,
            _keys.WebhookDeliveriesByTime,
            _keys.DeliveriesOfWebhook(id),
            _keys.DueDeliveriesOfWebhook(id),
        ],
        [id],
        audit,
        cancellationToken);

    private async Task<bool> ChangeAsync(
        string script, RedisKey[] keys, RedisValue[] arguments, AuditEntry audit, CancellationToken cancellationToken) =>
        (int)await audits.ChangeAsync(script, keys, arguments, audit, cancellationToken) == 1;
}
