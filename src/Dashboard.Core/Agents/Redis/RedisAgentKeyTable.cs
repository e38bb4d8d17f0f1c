using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Agents.Redis;

/// <summary>Agent keys for migrations.</summary>
internal sealed class RedisAgentKeyTable(RedisDatabase database) : RedisHashTable(database, database.Keys.AgentKeys)
{
    private const string Add = RedisAuditScripts.Unaudited + RedisAgentScripts.AddKey;

    private static readonly RedisJsonColumns Columns = new(bytes: ["hash"]);

    /// <summary>What the scripts that add and replace a key take.</summary>
    public static RedisValue[] ArgumentsOf(AgentKeyRow row) =>
        [row.Id, RedisJson.Write(row), System.Convert.ToBase64String(row.Hash), row.ExpiresAt is { } expiresAt ? expiresAt : ""];

    public override Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => Task.WhenAll(
        rows.Select(row => Database.EvaluateAsync(Add, Database.Keys.OfAgentKeys, ArgumentsOf(Convert(row)), cancellationToken)));

    protected override StoreRow Read(HashEntry field) => Columns.Read(field.Value!);

    protected override HashEntry Write(StoreRow row) => new(row.Text("id"), RedisJson.Write(Convert(row)));

    // Through the row's own type, so that it is written as ever.
    private static AgentKeyRow Convert(StoreRow row) => RedisJson.Read<AgentKeyRow>(Columns.Write(row));
}
