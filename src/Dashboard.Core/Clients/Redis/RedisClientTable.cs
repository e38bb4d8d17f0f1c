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
        rows.Select(row => Database.EvaluateAsync(
            Add,
            Database.Keys.OfClient(row.Text("id")),
            [
                .. RedisClientRow.PlacesOf(
                    row.Text("id"),
                    row.Text("origin"),
                    row.Number("created_at"),
                    row.FindNumber("expires_at"),
                    row.FindNumber("decided_at"),
                    row.FindNumber("ended_at"),
                    row.FindNumber("uncut_since")),
                .. RedisColumns.Write(row),
            ],
            cancellationToken)));

    protected override RedisKey KeyOf(RedisValue member) => Database.Keys.Client(RedisClientRow.IdIn(member!));
}
