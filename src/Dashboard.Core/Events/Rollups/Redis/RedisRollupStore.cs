using System.Globalization;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Events.Rollups.Redis;

internal sealed class RedisRollupStore(RedisDatabase database) : IRollupStore
{
    // KEYS: index, and what its members name. ARGV: the members.
    private const string Purge = """
        for place = 2, #KEYS - 1 do redis.call('UNLINK', KEYS[place]) end
        local gone = 0
        for place = 1, #ARGV - 1 do gone = gone + redis.call('ZREM', KEYS[1], ARGV[place]) end
        return gone
        """;

    private readonly RedisRollupKeys _keys = new(database.Keys);

    public async Task<IReadOnlyList<RefusalCount>> ReadSeriesAsync(
        RefusalFilter filter, RollupGrain grain, TimeRange range, CancellationToken cancellationToken)
    {
        var read = RollupRead.Of(filter);
        var code = filter.Code is null ? null : RefusalValues.Clean(filter.Code);
        var (from, to) = (RollupSteps.Begin(grain, range.From), range.To.ToUnixTimeMilliseconds());
        Dictionary<(long At, string Code), long> counts = [];
        foreach (var counter in await ReadAsync(grain, MembersOf(grain, read, filter), range, cancellationToken))
        {
            if (counter.At >= from && counter.At < to
                && (code is null || counter.Code == code)
                && (counter.Value is null || RefusalValues.Covers(filter, counter.Value)))
            {
                counts[(counter.At, counter.Code)] = counts.GetValueOrDefault((counter.At, counter.Code)) + counter.Count;
            }
        }

        return
        [
            .. counts.OrderBy(item => item.Key.At).ThenBy(item => item.Key.Code, StringComparer.Ordinal).Select(item =>
                new RefusalCount(DateTimeOffset.FromUnixTimeMilliseconds(item.Key.At), item.Key.Code, item.Value)),
        ];
    }

    public async Task<IReadOnlyDictionary<RefusalDimension, IReadOnlyList<RefusalShare>>> ReadTopsAsync(
        IReadOnlyCollection<RefusalDimension> dimensions,
        RefusalFilter filter,
        TimeRange range,
        int limit,
        CancellationToken cancellationToken)
    {
        var facets = RefusalShares.Of(dimensions, filter);
        foreach (var shares in facets)
        {
            foreach (var (grain, part) in RollupSteps.SumOf(range))
            {
                await AddAsync(shares, grain, part, filter, cancellationToken);
            }
        }

        return facets.SelectMany(shares => shares.Tops(limit)).ToDictionary();
    }

    public async Task<int> PurgeAsync(
        RollupGrain grain, DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken)
    {
        // A period is over when its last step is.
        var last = (before - RedisRollupKeys.LengthOf(grain)).ToUnixTimeMilliseconds();
        var members = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(_keys.Index(grain), stop: last, exclude: Exclude.Stop, take: limit),
            cancellationToken);
        return members is [] ? 0 : (int)await database.EvaluateAsync(
            term,
            Purge,
            [_keys.Index(grain), .. members.Select(member => _keys.KeyOf(grain, member!))],
            members,
            cancellationToken);
    }

    private static bool IsIn(long at, RollupGrain grain, TimeRange range) =>
        at >= RollupSteps.Begin(grain, range.From) && at < range.To.ToUnixTimeMilliseconds();

    // The series of a period. Of all facets at once it is the one under what a filter names, the narrowest as a rule.
    private static Func<long, string> MembersOf(RollupGrain grain, RollupRead read, RefusalFilter filter)
    {
        if (read.Value is { } value)
        {
            return at => RedisRollupKeys.Series(grain, read.Facet, value, at);
        }

        var (under, name) = filter switch
        {
            { Subject: { } subject } => (RollupFacet.Subject, subject),
            { Client: { } client } => (RollupFacet.Client, client),
            { Address: { } address } => (RollupFacet.Address, address),
            _ => (RollupFacet.Endpoint, filter.Endpoint),
        };
        return at => RedisRollupKeys.Cross(grain, under, RefusalValues.Clean(name), at);
    }

    private async Task<IEnumerable<Counter>> ReadAsync(
        RollupGrain grain, Func<long, string> memberOf, TimeRange range, CancellationToken cancellationToken)
    {
        var series = RedisRollupKeys.PeriodsOf(grain, range).Select(at => _keys.KeyOf(grain, memberOf(at))).ToList();
        var found = await database.RunAsync(
            redis => Task.WhenAll(series.Select(key => redis.HashGetAllAsync(key))), cancellationToken);
        return found.SelectMany(fields => fields).Select(field =>
        {
            var (at, code, of) = RedisRollupKeys.ReadField(field.Name!);
            return new Counter(at, code, of, (long)field.Value);
        });
    }

    private async Task AddAsync(
        RefusalShares shares, RollupGrain grain, TimeRange range, RefusalFilter filter, CancellationToken cancellationToken)
    {
        var code = filter.Code is null ? null : RefusalValues.Clean(filter.Code);
        var counters = shares.Facet is RollupFacet.All
            ? (await ReadAsync(grain, MembersOf(grain, new RollupRead(RollupFacet.All, null), filter), range, cancellationToken)).Where(counter =>
                IsIn(counter.At, grain, range) && RefusalValues.Covers(filter, counter.Value))
            : await ReadTopAsync(grain, shares.Facet, range, cancellationToken);
        foreach (var counter in counters.Where(counter => code is null || counter.Code == code))
        {
            shares.Add(counter.Value!, counter.Code, counter.Count);
        }
    }

    // Summed by the server: what is sent has one member for each code and value, however many steps there are.
    private async Task<IEnumerable<Counter>> ReadTopAsync(
        RollupGrain grain, RollupFacet facet, TimeRange range, CancellationToken cancellationToken)
    {
        object[] tops = [.. RollupSteps.Of(grain, range).Select(at => (object)_keys.KeyOf(grain, RedisRollupKeys.Top(facet, at)))];
        if (tops is [])
        {
            return [];
        }

        var members = (RedisValue[])await database.RunAsync(
            redis => redis.ExecuteAsync("ZUNION", [tops.Length, .. tops, "WITHSCORES"]), cancellationToken);
        return members.Chunk(2).Select(pair =>
        {
            var parts = ((string)pair[0]!).Split(RefusalValues.Separator, 2);
            return new Counter(0, parts[0], parts[1], (long)double.Parse((string)pair[1]!, CultureInfo.InvariantCulture));
        });
    }

    private readonly record struct Counter(long At, string Code, string? Value, long Count);
}
