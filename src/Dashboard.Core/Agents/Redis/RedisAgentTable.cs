using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Agents.Redis;

/// <summary>Registered agents for migrations.</summary>
internal sealed class RedisAgentTable(RedisDatabase database) : RedisHashTable(database, database.Keys.Agents)
{
    private static readonly RedisJsonColumns Columns = new();

    public override async Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken)
    {
        await base.ImportAsync(rows, cancellationToken);
        await Database.RunAsync(
            async redis =>
            {
                await redis.HashSetAsync(
                    Database.Keys.AgentKeyHolders, [.. rows.Select(row => new HashEntry(row.Text("key_id"), row.Text("id")))]);
                return true;
            },
            cancellationToken);
    }

    protected override StoreRow Read(HashEntry field) => Columns.Read(field.Value!);

    // Through the row's own type, so that it is written as ever.
    protected override HashEntry Write(StoreRow row) =>
        new(row.Text("id"), RedisJson.Write(RedisJson.Read<AgentRow>(Columns.Write(row))));
}
