using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Alerts.Rules.Redis;

/// <summary>Rules for migrations.</summary>
internal sealed class RedisAlertRuleTable(RedisDatabase database) : RedisHashTable(database, database.Keys.AlertRules)
{
    private static readonly RedisJsonColumns Columns = new();

    protected override StoreRow Read(HashEntry field) => Columns.Read(field.Value!);

    // Through the row's own type, so that it is written as ever.
    protected override HashEntry Write(StoreRow row) =>
        new(row.Text("id"), RedisJson.Write(RedisJson.Read<AlertRuleRow>(Columns.Write(row))));
}
