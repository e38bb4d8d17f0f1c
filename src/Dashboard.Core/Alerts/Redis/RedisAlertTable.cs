using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Alerts.Redis;

/// <summary>Alerts for migrations.</summary>
internal sealed class RedisAlertTable(RedisDatabase database) : RedisHashTable(database, database.Keys.Alerts)
{
    private static readonly RedisJsonColumns Columns = new();

    public override Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => Database.EvaluateAsync(
        RedisAlertScripts.Import,
        Database.Keys.OfAlerts,
        [
            .. rows.SelectMany(row => new RedisValue[]
            {
                RedisAlertStore.FieldOf(row.Text("kind"), row.Text("key")), Write(row).Value,
            }),
        ],
        cancellationToken);

    protected override StoreRow Read(HashEntry field) => Columns.Read(field.Value!);

    // Through the row's own type, so that it is written as ever.
    protected override HashEntry Write(StoreRow row) =>
        new(row.Text("id"), RedisJson.Write(RedisJson.Read<AlertRow>(Columns.Write(row))));
}
