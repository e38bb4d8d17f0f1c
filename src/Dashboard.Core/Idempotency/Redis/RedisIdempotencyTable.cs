using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Idempotency.Redis;

/// <summary>Remembered requests for migrations.</summary>
internal sealed class RedisIdempotencyTable(RedisDatabase database) : IStoreTable
{
    private static readonly RedisColumns Columns = new(numbers: ["expires_at"], bytes: ["request_hash"]);

    private readonly RedisIndexWalk _walk = new(database, database.Keys.Idempotency);

    public Task<long> CountAsync(CancellationToken cancellationToken) => _walk.CountAsync(cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var (entries, next) = await _walk.ReadAsync(after, limit, cancellationToken);
        var rows = await database.RunAsync(
            redis => Task.WhenAll(entries.Select(entry => redis.HashGetAllAsync(database.Keys.RememberedRequest(entry.Element!)))),
            cancellationToken);
        return new TablePage([.. rows.Select(Columns.Read).OfType<StoreRow>()], next);
    }

    // As they came about: begun, and then most of them completed.
    public async Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken)
    {
        await Task.WhenAll(rows.Select(row => database.EvaluateAsync(
            RedisIdempotencyStore.Begin,
            KeysOf(row),
            // At the beginning of time: nothing that is there already has expired.
            [row.Text("id"), row.Bytes("request_hash"), row.Text("attempt"), row.Number("expires_at"), 0],
            cancellationToken)));
        await Task.WhenAll(rows.Where(row => row["made_id"] is not null).Select(row => database.EvaluateAsync(
            RedisIdempotencyStore.Complete,
            KeysOf(row),
            [row.Text("id"), row.Text("attempt"), row.Text("made_id"), row.Number("expires_at")],
            cancellationToken)));
    }

    private RedisKey[] KeysOf(StoreRow row) => [database.Keys.RememberedRequest(row.Text("id")), database.Keys.Idempotency];
}
