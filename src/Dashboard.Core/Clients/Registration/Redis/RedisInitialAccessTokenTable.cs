using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Clients.Registration.Redis;

/// <summary>Initial access tokens for migrations.</summary>
internal sealed class RedisInitialAccessTokenTable(RedisDatabase database)
    : RedisHashTable(database, database.Keys.InitialAccessTokens)
{
    private static readonly RedisJsonColumns Columns = new(bytes: ["hash"]);

    protected override StoreRow Read(HashEntry field) => Columns.Read(field.Value!);

    // Through the row's own type, so that it is written as ever.
    protected override HashEntry Write(StoreRow row) =>
        new(row.Text("id"), RedisJson.Write(RedisJson.Read<InitialAccessTokenRow>(Columns.Write(row))));
}
