using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Events.Redis;

/// <summary>The events for migrations, with their reports and numbers.</summary>
internal sealed class RedisEventTable(RedisDatabase database) : IStoreTable
{
    // A script looks at no more: everyone else waits for it.
    private const int BatchSize = 100;

    private static readonly RedisJsonColumns Columns = new();

    private readonly RedisIndexWalk _walk = new(database, database.Keys.EventsByTime);

    public Task<long> CountAsync(CancellationToken cancellationToken) => _walk.CountAsync(cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var (entries, next) = await _walk.ReadAsync(after, limit, cancellationToken);
        if (entries is [])
        {
            return new TablePage([], next);
        }

        RedisValue[] numbers = [.. entries.Select(entry => entry.Element)];
        var found = await database.RunAsync(
            redis => Task.WhenAll(
                redis.HashGetAsync(database.Keys.Events, numbers), redis.HashGetAsync(database.Keys.EventReports, numbers)),
            cancellationToken);
        return new TablePage(
            [.. numbers.Zip(found[0], found[1]).Where(item => !item.Second.IsNull).Select(item => Read(item.First, item.Second, item.Third))],
            next);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) =>
        Task.WhenAll(rows.Chunk(BatchSize).Select(batch =>
        {
            var indexes = new RedisEventIndexes(database.Keys);
            RedisValue[] arguments =
                [.. batch.SelectMany(row => indexes.ArgumentsOf(Write(row)).Append(row.Number("number")))];
            return database.EvaluateAsync(RedisEventScripts.Import, indexes.Keys, arguments, cancellationToken);
        }));

    private static StoreRow Read(RedisValue number, RedisValue json, RedisValue report) => Columns.Read(
        json!, ("number", (long)number), ("report", report.IsNull ? null : report.ToString()));

    private static EventRow Write(StoreRow row) =>
        RedisEventJson.Read(row.Number("number"), Columns.Write(row, without: ["number", "report"])) with
        {
            Report = row.FindText("report"),
        };
}
