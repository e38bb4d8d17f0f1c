using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>The ledger for migrations, in the order of issuing.</summary>
internal sealed class RedisLedgerTable(RedisDatabase database, TimeProvider clock) : IStoreTable
{
    // More at once than that outlast the time-out of Redis on a busy machine.
    private const int BatchSize = 500;

    private static readonly RedisColumns Columns = new(
        numbers: ["issued_at", "expires_at", "first_presented_at", "last_presented_at", "revoked_at"]);

    private readonly LedgerIndexes _indexes = new(database.Keys);
    private readonly LedgerExpiry _expiry = new(database);
    private readonly RedisIndexWalk _walk = new(database, database.Keys.Tokens);

    public Task<long> CountAsync(CancellationToken cancellationToken) => _walk.CountAsync(cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var (entries, next) = await _walk.ReadAsync(after, limit, cancellationToken);
        List<StoreRow> rows = [];
        foreach (var batch in entries.Chunk(BatchSize))
        {
            var found = await database.RunAsync(
                redis => Task.WhenAll(batch.Select(entry => redis.HashGetAllAsync(database.Keys.Token(new LedgerPlace(entry.Element!).TokenId)))),
                cancellationToken);
            rows.AddRange(found.Select(Columns.Read).OfType<StoreRow>());
        }

        return new TablePage(rows, next);
    }

    public async Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken)
    {
        foreach (var batch in rows.Chunk(BatchSize))
        {
            await Task.WhenAll(batch.Select(row => AddAsync(row, cancellationToken)));

            // Otherwise months would have passed at once for whoever lists by status first.
            await _expiry.MoveAsync(clock.GetUtcNow(), cancellationToken);
        }
    }

    private Task<RedisResult> AddAsync(StoreRow row, CancellationToken cancellationToken)
    {
        var entry = LedgerRow.Read([.. LedgerRow.Fields.Select(field => RedisColumns.Write(row[field!]))])!;
        var (keys, arguments) = _indexes.ToAdd(entry, [.. RedisColumns.Write(row)]);
        return database.EvaluateAsync(LedgerScripts.AddUnaudited, keys, arguments, cancellationToken);
    }
}
