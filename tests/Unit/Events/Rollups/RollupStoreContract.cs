using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Events.Rollups;

/// <summary>What every store of counts must do.</summary>
public abstract class RollupStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    // Not on any edge of a step.
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 5, 17, 31, TimeSpan.Zero);

    private readonly RefusalTally _tally = new();

    private IRollupStore Store => Host.Get<IRollupStore>();

    private RefusalCounts Counts => new(Store);

    public static TheoryData<RollupGrain> Grains => [RollupGrain.Minute, RollupGrain.Hour, RollupGrain.Day];

    [Theory]
    [MemberData(nameof(Grains))]
    public async Task Series_are_what_happened_for_every_filter(RollupGrain grain)
    {
        var events = SomeEvents(RollupSteps.LengthOf(grain) * 6);
        await CountAsync(events);
        var range = new TimeRange(Start + RollupSteps.LengthOf(grain), Start + (RollupSteps.LengthOf(grain) * 5));

        foreach (var filter in SomeFilters())
        {
            var expected = events
                .Where(item => Covers(filter, item))
                .GroupBy(item => (At: RollupSteps.Begin(grain, item.At), item.Code))
                .Where(group => group.Key.At >= RollupSteps.Begin(grain, range.From) && group.Key.At < range.To.ToUnixTimeMilliseconds())
                .OrderBy(group => group.Key.At)
                .ThenBy(group => group.Key.Code, StringComparer.Ordinal)
                .Select(group => new RefusalCount(DateTimeOffset.FromUnixTimeMilliseconds(group.Key.At), group.Key.Code!, group.Count()));
            Assert.Equal(expected, await Store.ReadSeriesAsync(filter, grain, range, Stop));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(24 * 9)]
    public async Task Top_is_who_had_most_for_every_filter(int hours)
    {
        var events = SomeEvents(TimeSpan.FromHours(hours));
        await CountAsync(events);
        var grain = hours is 1 ? RollupGrain.Minute : RollupGrain.Hour;
        var range = new TimeRange(Start + (TimeSpan.FromHours(hours) / 7), Start + (TimeSpan.FromHours(hours) / 7 * 6));
        var from = RollupSteps.Begin(grain, range.From);
        var behind = RollupSteps.Begin(grain, range.To.AddMilliseconds(-1)) + (long)RollupSteps.LengthOf(grain).TotalMilliseconds;

        foreach (var filter in SomeFilters())
        {
            var found = await Store.ReadTopsAsync(Enum.GetValues<RefusalDimension>(), filter, range, 3, Stop);
            foreach (var dimension in Enum.GetValues<RefusalDimension>())
            {
                var expected = events
                    .Where(item => Covers(filter, item) && ValueOf(dimension, item) is not null)
                    .Where(item => item.At.ToUnixTimeMilliseconds() >= from && item.At.ToUnixTimeMilliseconds() < behind)
                    .GroupBy(item => ValueOf(dimension, item)!)
                    .Select(group => (group.Key, Count: group.LongCount()))
                    .OrderByDescending(item => item.Count)
                    .ThenBy(item => item.Key, StringComparer.Ordinal)
                    .Take(3);
                Assert.Equal(expected, found[dimension].Select(share => (share.Value, share.Count)));
            }
        }
    }

    [Fact]
    public async Task Main_code_is_the_one_that_most_had()
    {
        await CountAsync([Event("a", client: "c"), Event("b", client: "c"), Event("b", client: "c")]);

        var share = Assert.Single(await Counts.ReadTopAsync(RefusalDimension.Client, RefusalFilter.None, Around(Start), 5, Stop));

        Assert.Equal(new RefusalShare("c", 3, "b"), share);
    }

    [Fact]
    public async Task Counts_of_many_writers_add_up()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() =>
        {
            var tally = new RefusalTally();
            tally.Add(Event("a", client: "c", address: "192.0.2.1"));
            tally.Add(Event("a", client: "c", address: "192.0.2.2"));
            return Host.Get<IEventStore>().AppendAsync([], tally.Take(), Stop);
        })));

        Assert.Equal(64, Assert.Single(await Store.ReadSeriesAsync(RefusalFilter.None, RollupGrain.Day, Around(Start), Stop)).Count);
        Assert.Equal(64, Assert.Single(await Counts.ReadTopAsync(RefusalDimension.Client, RefusalFilter.None, Around(Start), 5, Stop)).Count);
    }

    [Fact]
    public async Task Too_many_values_are_counted_together_and_none_is_lost()
    {
        for (var number = 0; number < 3_000; number++)
        {
            _tally.Add(Event("a", client: "c", address: $"198.51.{number / 250}.{number % 250}", subject: $"s-{number}"));
        }

        await CountAsync([]);

        Assert.Equal(3_000, (await Store.ReadSeriesAsync(RefusalFilter.None, RollupGrain.Minute, Around(Start), Stop)).Sum(step => step.Count));
        var byAddress = await Counts.ReadTopAsync(RefusalDimension.Address, RefusalFilter.None, Around(Start), 5_000, Stop);
        Assert.Equal(3_000, byAddress.Sum(share => share.Count));
        Assert.Equal(RefusalShare.Others, byAddress[0].Value);
        Assert.Equal(RollupLimits.MostOf(RollupGrain.Minute, RollupFacet.Address) + 1, byAddress.Count);
        var ofClient = await Store.ReadSeriesAsync(
            new RefusalFilter(Client: "c", Endpoint: "POST /x"), RollupGrain.Minute, Around(Start), Stop);
        Assert.Equal(3_000, ofClient.Sum(step => step.Count));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("[a]")]
    [InlineData("a?")]
    [InlineData("a\u001fb")]
    [InlineData("é\U0001F600'%_")]
    public async Task Any_text_is_found_again_and_nothing_else(string text)
    {
        await CountAsync([Event("a", client: text, address: text), Event("a", client: "other", address: "other")]);

        Assert.Equal(1, await SumAsync(new RefusalFilter(Client: text)));
        Assert.Equal(1, await SumAsync(new RefusalFilter(Client: text, Address: text)));
        Assert.Equal(0, await SumAsync(new RefusalFilter(Client: text, Address: "other")));

        async Task<long> SumAsync(RefusalFilter filter) =>
            (await Store.ReadSeriesAsync(filter, RollupGrain.Hour, Around(Start), Stop)).Sum(step => step.Count);
    }

    [Theory]
    [MemberData(nameof(Grains))]
    public async Task Purge_deletes_old_steps_of_one_grain_in_small_batches(RollupGrain grain)
    {
        await CountAsync([Event("a", client: "c"), Event("a", client: "c") with { At = Start.AddDays(90) }]);

        var gone = 0;
        int batch;
        do
        {
            gone += batch = await Store.PurgeAsync(grain, Start.AddDays(60), 2, Term, Stop);
            Assert.InRange(batch, 0, 2);
        }
        while (batch > 0);

        Assert.True(gone > 2);
        foreach (var other in Enum.GetValues<RollupGrain>())
        {
            var all = await Store.ReadSeriesAsync(RefusalFilter.None, other, new TimeRange(Start.AddDays(-1), Start.AddDays(100)), Stop);
            Assert.Equal(other == grain ? 1 : 2, all.Count);
        }
    }

    [Fact]
    public async Task Purge_of_an_earlier_term_deletes_nothing()
    {
        await CountAsync([Event("a", client: "c")]);
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(RollupGrain.Minute, Start.AddDays(60), 10, Term, Stop));

        Assert.Single(await Store.ReadSeriesAsync(RefusalFilter.None, RollupGrain.Minute, Around(Start), Stop));
    }

    private static TimeRange Around(DateTimeOffset at) => new(at.AddMinutes(-30), at.AddMinutes(30));

    private static List<SecurityEvent> SomeEvents(TimeSpan span)
    {
        var random = new Lcg(77);
        return
        [
            .. Enumerable.Range(0, 400).Select(number => Event(
                random.Pick(new[] { "TOKEN_EXPIRED", "TOKEN_REVOKED", "a*" }),
                random.Pick(new[] { "c-1", "c-2", null }),
                random.Pick(new[] { "192.0.2.1", "::1", null }),
                random.Pick(new[] { "s-1", "s-2", null })) with
            {
                At = Start + (span / 400 * number),
            }),
        ];
    }

    private static IEnumerable<RefusalFilter> SomeFilters() =>
        from code in new[] { null, "TOKEN_EXPIRED", "none" }
        from client in new[] { null, "c-1" }
        from address in new[] { null, "::1" }
        from subject in new[] { null, "s-2" }
        select new RefusalFilter(code, client, null, address, subject);

    private static bool Covers(RefusalFilter filter, SecurityEvent item) =>
        (filter.Code is null || filter.Code == item.Code)
        && (filter.Client is null || filter.Client == item.Client)
        && (filter.Address is null || filter.Address == item.Origin.Ip)
        && (filter.Subject is null || filter.Subject == item.Subject);

    private static string? ValueOf(RefusalDimension dimension, SecurityEvent item) => dimension switch
    {
        RefusalDimension.Client => item.Client,
        RefusalDimension.Endpoint => item.Origin.Endpoint,
        RefusalDimension.Address => item.Origin.Ip,
        _ => item.Subject,
    };

    private static SecurityEvent Event(string code, string? client = null, string? address = null, string? subject = null) => new()
    {
        At = Start,
        Kind = EventKinds.TokenRefused,
        Outcome = EventOutcome.Refused,
        Code = code,
        Client = client,
        Subject = subject,
        Origin = new RequestOrigin(null, address, null, "POST /x"),
    };

    private async Task CountAsync(IReadOnlyList<SecurityEvent> events)
    {
        foreach (var item in events)
        {
            _tally.Add(item);
        }

        await Host.Get<IEventStore>().AppendAsync(events, _tally.Take(), Stop);
    }
}

public sealed class SqliteRollupStoreTests() : RollupStoreContract(StoreKinds.Sqlite);

public sealed class RedisRollupStoreTests(RedisServer redis) : RollupStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterRollupStoreTests(RedisCluster cluster) : RollupStoreContract(cluster.Settings());
