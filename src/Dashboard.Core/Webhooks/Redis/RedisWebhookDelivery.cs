using System.Globalization;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Webhooks.Redis;

/// <summary>What the scripts over deliveries take.</summary>
internal static class RedisWebhookDelivery
{
    /// <summary>A delivery among those of its webhook: sorted as text, the newest is last.</summary>
    public static string PlaceOf(long createdAt, string id) => createdAt.ToString("D15", CultureInfo.InvariantCulture) + ":" + id;

    /// <summary>Id, row, when it was made, its place, when it is due or nothing.</summary>
    public static RedisValue[] ArgumentsOf(WebhookDeliveryRow row) =>
        [row.Id, RedisJson.Write(row), row.CreatedAt, PlaceOf(row.CreatedAt, row.Id), DueOf(row)];

    /// <summary>Id, row with the next version, when it is due or nothing, the version that it must have.</summary>
    public static RedisValue[] ReplacementOf(WebhookDelivery changed)
    {
        var row = WebhookDeliveryRow.Of(changed) with { Version = changed.Version + 1 };
        return [row.Id, RedisJson.Write(row), DueOf(row), changed.Version];
    }

    private static RedisValue DueOf(WebhookDeliveryRow row) => row.DueAt is { } dueAt ? dueAt : "";
}
