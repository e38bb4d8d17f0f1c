using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Clients.Redis;

/// <summary>The clients for migrations: those that are registered, then those that have ended.</summary>
internal sealed class RedisClientTable(RedisDatabase database)
    : RedisIndexedTable(database, Columns, database.Keys.LiveClients, database.Keys.EndedClients)
{
    private const string Add = RedisAuditScripts.Unaudited + RedisClientScripts.Add;

    private static readonly RedisColumns Columns = new(
        numbers: ["created_at", "expires_at", "last_used_at", "decided_at", "ended_at", "uncut_since", "version"],
        bytes: ["registration_token_hash"]);

    public override Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => Task.WhenAll(
        rows.Select(row => (Row: row, Fields: RedisColumns.Write(row).ToArray())).Select(pair => Database.EvaluateAsync(
            Add,
            Database.Keys.OfClient(pair.Row.Text("id")),
            [
                .. RedisClientRow.PlacesOf(
                    pair.Row.Text("id"),
                    pair.Row.Text("origin"),
                    pair.Row.Number("created_at"),
                    pair.Row.FindNumber("expires_at"),
                    pair.Row.FindNumber("decided_at"),
                    pair.Row.FindNumber("ended_at"),
                    pair.Row.FindNumber("uncut_since"),
                    RedisClientRow.IsBarred(pair.Row.Text("state"), pair.Row.Number("version"))),
                pair.Fields.Length,
                .. pair.Fields,
            ],
            cancellationToken)));

    protected override RedisKey KeyOf(RedisValue member) => Database.Keys.Client(RedisClientRow.IdIn(member!));
}
