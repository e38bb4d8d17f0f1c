using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Revocation.Redis;

/// <summary>Cut-offs and revocations by filter for migrations: those that are running, then those that have ended.</summary>
internal sealed class RedisRevocationTable(RedisDatabase database)
    : RedisIndexedTable(database, Columns, database.Keys.RunningRevocations, database.Keys.EndedRevocations)
{
    private const string Add = RedisAuditScripts.Unaudited + RevocationScripts.Add;

    private static readonly RedisColumns Columns = new(numbers: ["issued_before", "revoked_at", "revoked_tokens"]);

    public override Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) =>
        Task.WhenAll(rows.Select(row => AddAsync(row, cancellationToken)));

    protected override RedisKey KeyOf(RedisValue member) => Database.Keys.Revocation(member!);

    private Task<RedisResult> AddAsync(StoreRow row, CancellationToken cancellationToken)
    {
        var id = row.Text("id");
        RedisKey[] keys =
        [
            Database.Keys.Revocation(id),
            .. RevocationRow.IndexesOf(
                Database.Keys, RevocationRow.ScopeOf(row.Text("scope")), RevocationRow.StateOf(row.Text("state"))),
        ];
        return Database.EvaluateAsync(Add, keys, [id, row.Number("revoked_at"), .. RedisColumns.Write(row)], cancellationToken);
    }
}
