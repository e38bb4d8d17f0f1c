using System.Runtime.CompilerServices;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Alerts.Redis;

/// <summary>Pages of alerts. Alerts are few: where a kind is asked for, the others are read and passed over.</summary>
internal sealed class RedisAlertList(RedisDatabase database, AlertFilter filter)
{
    private const int ReadAtOnce = 500;

    private readonly int[] _states = filter.State is { } state ? [(int)state] : [0, 1, 2];

    public async Task<Page<Alert>> ReadAsync(AlertCursor after, int limit, CancellationToken cancellationToken)
    {
        List<AlertRow> found = [];
        foreach (var state in _states.Where(state => state >= after.State))
        {
            var before = state == after.State ? after.Number : long.MaxValue;
            await foreach (var row in WalkAsync(state, before, cancellationToken))
            {
                found.Add(row);
                if (found.Count > limit)
                {
                    break;
                }
            }

            if (found.Count > limit)
            {
                break;
            }
        }

        var total = CappedCount.Of(await CountAsync(cancellationToken));
        return new Page<Alert>(
            [.. found.Take(limit).Select(row => row.ToAlert())],
            found.Count > limit ? new AlertCursor(found[limit - 1].State, found[limit - 1].Number).ToString() : null,
            total.Value,
            total.IsCapped);
    }

    private async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var state in _states)
        {
            if (filter.Kind is null)
            {
                total += await database.RunAsync(
                    redis => redis.SortedSetLengthAsync(database.Keys.AlertsOfState(state)), cancellationToken);
                continue;
            }

            await foreach (var _ in WalkAsync(state, long.MaxValue, cancellationToken))
            {
                if (++total > CappedCount.Most)
                {
                    return total;
                }
            }
        }

        return total;
    }

    private async IAsyncEnumerable<AlertRow> WalkAsync(
        int state, double before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await ReadPlacesAsync(state, before, cancellationToken) is [.., var last] places)
        {
            before = last.Score;
            RedisValue[] ids = [.. places.Select(place => place.Element)];
            foreach (var value in await database.RunAsync(redis => redis.HashGetAsync(database.Keys.Alerts, ids), cancellationToken))
            {
                if (!value.IsNull && RedisJson.Read<AlertRow>(value) is var row && (filter.Kind is null || row.Kind == filter.Kind))
                {
                    yield return row;
                }
            }
        }
    }

    private Task<SortedSetEntry[]> ReadPlacesAsync(int state, double before, CancellationToken cancellationToken) => database.RunAsync(
        redis => redis.SortedSetRangeByScoreWithScoresAsync(
            database.Keys.AlertsOfState(state),
            double.NegativeInfinity,
            before,
            Exclude.Stop,
            Order.Descending,
            take: ReadAtOnce),
        cancellationToken);
}
