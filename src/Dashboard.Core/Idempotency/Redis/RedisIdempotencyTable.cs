using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Idempotency.Redis;

/// <summary>Remembered requests for migrations.</summary>
internal sealed class RedisIdempotencyTable(RedisDatabase database)
    : RedisIndexedTable(database, Columns, database.Keys.Idempotency)
{
    private static readonly RedisColumns Columns = new(numbers: ["expires_at"], bytes: ["request_hash"]);

    // As they came about: begun, and then most of them completed.
    public override async Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken)
    {
        await Task.WhenAll(rows.Select(row => Database.EvaluateAsync(
            RedisIdempotencyStore.Begin,
            KeysOf(row),
            // At the beginning of time: nothing that is there already has expired.
            [row.Text("id"), row.Bytes("request_hash"), row.Text("attempt"), row.Number("expires_at"), 0],
            cancellationToken)));
        await Task.WhenAll(rows.Where(row => row["made_id"] is not null).Select(row => Database.EvaluateAsync(
            RedisIdempotencyStore.Complete,
            KeysOf(row),
            [row.Text("id"), row.Text("attempt"), row.Text("made_id"), row.Number("expires_at")],
            cancellationToken)));
    }

    protected override RedisKey KeyOf(RedisValue member) => Database.Keys.RememberedRequest(member!);

    private RedisKey[] KeysOf(StoreRow row) => [Database.Keys.RememberedRequest(row.Text("id")), Database.Keys.Idempotency];
}
