using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Revocation.Redis;

/// <summary>Cut-offs and revocations by filter for migrations: those that are running, then those that have ended.</summary>
internal sealed class RedisRevocationTable(RedisDatabase database) : IStoreTable
{
    private const string Add = RedisAuditScripts.Unaudited + RevocationScripts.Add;

    private static readonly RedisColumns Columns = new(numbers: ["issued_before", "revoked_at", "revoked_tokens"]);

    private readonly RedisIndexWalk _walk = new(database, database.Keys.RunningRevocations, database.Keys.EndedRevocations);

    public Task<long> CountAsync(CancellationToken cancellationToken) => _walk.CountAsync(cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var (entries, next) = await _walk.ReadAsync(after, limit, cancellationToken);
        var rows = await database.RunAsync(
            redis => Task.WhenAll(entries.Select(entry => redis.HashGetAllAsync(database.Keys.Revocation(entry.Element!)))), cancellationToken);
        return new TablePage([.. rows.Select(Columns.Read).OfType<StoreRow>()], next);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) =>
        Task.WhenAll(rows.Select(row => AddAsync(row, cancellationToken)));

    private Task<RedisResult> AddAsync(StoreRow row, CancellationToken cancellationToken)
    {
        var id = row.Text("id");
        RedisKey[] keys =
        [
            database.Keys.Revocation(id),
            .. RevocationRow.IndexesOf(
                database.Keys, RevocationRow.ScopeOf(row.Text("scope")), RevocationRow.StateOf(row.Text("state"))),
        ];
        return database.EvaluateAsync(Add, keys, [id, row.Number("revoked_at"), .. RedisColumns.Write(row)], cancellationToken);
    }
}
