using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Webhooks.Redis;

internal sealed class RedisWebhookDeliveryStore(RedisDatabase database, RedisAuditStore audits) : IWebhookDeliveryStore
{
    private readonly RedisKeys _keys = database.Keys;

    public async Task<int> AddAsync(
        IReadOnlyList<WebhookDelivery> added, AuditEntry? audit, CancellationToken cancellationToken) => (int)await ChangeAsync(
        RedisWebhookScripts.AddDeliveries,
        [_keys.WebhookDeliveries, _keys.WebhookDeliveriesByTime, _keys.Webhooks, .. added.SelectMany(KeysOf)],
        [
            .. added.SelectMany(delivery => RedisWebhookDelivery.ArgumentsOf(WebhookDeliveryRow.Of(delivery))
                .Prepend(delivery.WebhookId)),
        ],
        audit,
        cancellationToken);

    public async Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(
        string webhookId, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var due = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                _keys.DueDeliveriesOfWebhook(webhookId), stop: now.ToUnixTimeMilliseconds(), take: limit),
            cancellationToken);

        // Between the two readings another node may have claimed one, or brought it to its end.
        WebhookDelivery[] wanted =
        [
            .. (await ReadAsync(due, cancellationToken))
                .Where(delivery => delivery.DueAt <= now)
                .Select(delivery => delivery.ClaimedUntil(until)),
        ];
        if (wanted is [])
        {
            return [];
        }

        // Of several nodes that read the same, one replaces it.
        var replaced = (int[])(await ReplaceAsync(webhookId, wanted, null, cancellationToken))!;
        return [.. wanted.Where((_, index) => replaced[index] == 1).Select(delivery => delivery with { Version = delivery.Version + 1 })];
    }

    public async Task<bool> ReplaceAsync(WebhookDelivery changed, AuditEntry? audit, CancellationToken cancellationToken) =>
        ((int[])(await ReplaceAsync(changed.WebhookId, [changed], audit, cancellationToken))!)[0] == 1;

    public async Task<WebhookDelivery?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await ReadAsync([id], cancellationToken)) is [var found, ..] ? found : null;

    public async Task<Page<WebhookDelivery>> ListAsync(
        string webhookId, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var from = PageCursor.Parse(cursor) is { } place
            ? "(" + RedisWebhookDelivery.PlaceOf(place.At.ToUnixTimeMilliseconds(), place.Id)
            : "+";
        var answer = (RedisValue[])(await database.EvaluateAsync(
            RedisWebhookScripts.List,
            [_keys.DeliveriesOfWebhook(webhookId), _keys.WebhookDeliveries],
            [from, limit + 1],
            cancellationToken))!;
        var (total, items) = (CappedCount.Of((long)answer[0]), answer.Skip(1).Select(Read).ToList());
        return new Page<WebhookDelivery>(
            [.. items.Take(limit)],
            items.Count > limit ? new PageCursor(items[limit - 1].CreatedAt, items[limit - 1].Id).ToString() : null,
            total.Value,
            total.IsCapped);
    }

    public async Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken)
    {
        var ids = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                _keys.WebhookDeliveriesByTime, stop: before.ToUnixTimeMilliseconds(), exclude: Exclude.Stop, take: limit),
            cancellationToken);
        var due = await ReadAsync(ids, cancellationToken);
        return due is [] ? 0 : (int)await database.EvaluateAsync(
            term,
            RedisWebhookScripts.Purge,
            [_keys.WebhookDeliveries, _keys.WebhookDeliveriesByTime, .. due.SelectMany(KeysOf)],
            [
                .. due.SelectMany(delivery => new RedisValue[]
                {
                    delivery.Id, RedisWebhookDelivery.PlaceOf(delivery.CreatedAt.ToUnixTimeMilliseconds(), delivery.Id),
                }),
            ],
            cancellationToken);
    }

    private Task<RedisResult> ReplaceAsync(
        string webhookId, WebhookDelivery[] changed, AuditEntry? audit, CancellationToken cancellationToken) => ChangeAsync(
        RedisWebhookScripts.ReplaceDeliveries,
        [_keys.WebhookDeliveries, _keys.DueDeliveriesOfWebhook(webhookId)],
        [.. changed.SelectMany(RedisWebhookDelivery.ReplacementOf)],
        audit,
        cancellationToken);

    private Task<RedisResult> ChangeAsync(
        string script, RedisKey[] keys, RedisValue[] arguments, AuditEntry? audit, CancellationToken cancellationToken) =>
        audit is null
            ? database.CommitAsync(RedisAuditScripts.Unaudited + script, keys, arguments, cancellationToken)
            : audits.ChangeAsync(script, keys, arguments, audit, cancellationToken);

    private IEnumerable<RedisKey> KeysOf(WebhookDelivery delivery) =>
        [_keys.DeliveriesOfWebhook(delivery.WebhookId), _keys.DueDeliveriesOfWebhook(delivery.WebhookId)];

    // One that was purged since its id was read is left out.
    private async Task<IReadOnlyList<WebhookDelivery>> ReadAsync(RedisValue[] ids, CancellationToken cancellationToken) => ids is []
        ? []
        :
        [
            .. (await database.RunAsync(redis => redis.HashGetAsync(_keys.WebhookDeliveries, ids), cancellationToken))
                .Where(row => !row.IsNull)
                .Select(Read),
        ];

    private static WebhookDelivery Read(RedisValue row) => RedisJson.Read<WebhookDeliveryRow>(row).ToDelivery();
}
