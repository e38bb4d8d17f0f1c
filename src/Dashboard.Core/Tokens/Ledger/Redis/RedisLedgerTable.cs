using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>The ledger for migrations, in the order of issuing.</summary>
internal sealed class RedisLedgerTable(RedisDatabase database, TimeProvider clock)
    : RedisIndexedTable(database, Columns, database.Keys.Tokens)
{
    private static readonly RedisColumns Columns = new(
        numbers: ["issued_at", "expires_at", "granted_at", "first_presented_at", "last_presented_at", "revoked_at"]);

    private readonly LedgerIndexes _indexes = new(database.Keys);
    private readonly LedgerExpiry _expiry = new(database);
    public override async Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken)
    {
        foreach (var batch in rows.Chunk(BatchSize))
        {
            await Task.WhenAll(batch.Select(row => AddAsync(row, cancellationToken)));

            // Otherwise months would have passed at once for whoever lists by status first.
            await _expiry.MoveAsync(clock.GetUtcNow(), cancellationToken);
        }
    }

    protected override RedisKey KeyOf(RedisValue member) => Database.Keys.Token(new LedgerPlace(member!).TokenId);

    private Task<RedisResult> AddAsync(StoreRow row, CancellationToken cancellationToken)
    {
        var entry = LedgerRow.Read([.. LedgerRow.Fields.Select(field => RedisColumns.Write(row[field!]))])!;
        var (keys, arguments) = _indexes.ToAdd(entry, [.. RedisColumns.Write(row)]);
        return Database.EvaluateAsync(LedgerScripts.AddUnaudited, keys, arguments, cancellationToken);
    }
}
