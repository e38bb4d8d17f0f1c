using Dashboard.Core.Events.Redis;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Events.Rollups.Redis;

/// <summary>The counts of refusals for migrations: the counters of all series.</summary>
internal sealed class RedisRefusalCountTable(RedisDatabase database) : IStoreTable
{
    // Each series is many rows.
    private const int SeriesAtOnce = 20;

    // A script does no more: everyone else waits for it.
    private const int BatchSize = 500;

    private static readonly RollupGrain[] Grains = Enum.GetValues<RollupGrain>();

    private readonly RedisRollupKeys _keys = new(database.Keys);

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var (count, place) = (0L, (string?)null);
        do
        {
            var (series, next) = await ReadSeriesAsync(place, cancellationToken);
            var sizes = await database.RunAsync(
                redis => Task.WhenAll(series.Select(item => redis.HashLengthAsync(item.Key))), cancellationToken);
            (count, place) = (count + sizes.Sum(), next);
        }
        while (place is not null);

        return count;
    }

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var (series, next) = await ReadSeriesAsync(after, cancellationToken);
        var found = await database.RunAsync(
            redis => Task.WhenAll(series.Select(item => redis.HashGetAllAsync(item.Key))), cancellationToken);
        return new TablePage([.. series.Zip(found).SelectMany(pair => pair.Second.Select(field => Read(pair.First, field)))], next);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) =>
        Task.WhenAll(rows.Chunk(BatchSize).Select(batch =>
        {
            var indexes = new RedisEventIndexes(database.Keys);
            var write = new RedisRollupWrite(indexes.PlaceOf, _keys);
            RedisValue[] arguments = [.. batch.SelectMany(row => write.ArgumentsOf(CellOf(row), row.Number("count")))];
            return database.EvaluateAsync(
                RedisRollupWrite.Script + "count(1, #ARGV, true)", indexes.Keys, arguments, cancellationToken);
        }));

    private async Task<(List<Series> Series, string? Next)> ReadSeriesAsync(string? after, CancellationToken cancellationToken)
    {
        var walk = new RedisIndexWalk(database, [.. Grains.Select(_keys.Index)]);
        var (entries, next) = await walk.ReadAsync(after, SeriesAtOnce, cancellationToken);

        // Every page is of one index, that of the grain in its place.
        var grain = Grains[int.Parse((after ?? "0").Split(':')[0], System.Globalization.CultureInfo.InvariantCulture)];
        List<Series> series = [];
        foreach (var member in entries.Select(entry => entry.Element.ToString()))
        {
            if (RedisRollupKeys.ReadSeries(member) is var (facet, value))
            {
                series.Add(new Series(grain, facet, value, _keys.KeyOf(grain, member)));
            }
        }

        return (series, next);
    }

    private static StoreRow Read(Series series, HashEntry field)
    {
        var (at, code, value) = RedisRollupKeys.ReadField(field.Name!);
        return new StoreRow(
        [
            ("grain", (long)series.Grain),
            ("facet", (long)series.Facet),
            ("value", value ?? series.Value),
            ("at", at),
            ("code", code),
            ("count", (long)field.Value),
        ]);
    }

    private static RollupCell CellOf(StoreRow row) => new(
        (RollupGrain)row.Number("grain"), (RollupFacet)row.Number("facet"), row.Text("value"), row.Number("at"), row.Text("code"));

    private sealed record Series(RollupGrain Grain, RollupFacet Facet, string Value, RedisKey Key);
}
