using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Operators.Redis;

/// <summary>The operators for migrations, with the index of their names.</summary>
internal sealed class RedisOperatorTable(RedisDatabase database) : RedisHashTable(database, database.Keys.Operators)
{
    private const string Name = "normalized_name";

    private static readonly RedisJsonColumns Columns = new(flags: ["enabled", "must_change_password"]);

    public override async Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken)
    {
        await base.ImportAsync(rows, cancellationToken);
        await Database.RunAsync(
            async redis =>
            {
                await redis.HashSetAsync(
                    Database.Keys.OperatorNames, [.. rows.Select(row => new HashEntry(row.Text(Name), row.Text("id")))]);
                return true;
            },
            cancellationToken);
    }

    protected override StoreRow Read(HashEntry field) => Columns.Read(
        field.Value!, (Name, UserNames.Normalize(RedisJson.Read<RedisOperatorRow>(field.Value).UserName)));

    // Through the row's own type, so that it is written as ever.
    protected override HashEntry Write(StoreRow row) => new(
        row.Text("id"), RedisJson.Write(RedisJson.Read<RedisOperatorRow>(Columns.Write(row, without: Name))));
}
