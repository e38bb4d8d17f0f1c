using Dashboard.Core.Events;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Events;

/// <summary>What every event store must do. Each adapter derives once and adds nothing else.</summary>
public abstract class EventStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = LedgerRows.Start;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected IEventStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateAsync();

    public abstract ValueTask DisposeAsync();

    private protected abstract Task<IEventStore> CreateAsync();

    [Fact]
    public async Task Append_then_find_by_reference_gives_the_same_event_with_its_report()
    {
        var item = Event() with
        {
            Code = "TOKEN_EXPIRED",
            Subject = "é\U0001F600'",
            Client = "c",
            TokenId = "t",
            Origin = new RequestOrigin("req_1", "::1", "curl/8 \"x\"", "POST /x"),
            Detail = "why",
            Report = "{\"a\":1}",
        };

        await Store.AppendAsync([item], Stop);

        Assert.Equal(item with { Number = 1 }, await Store.FindByRequestAsync("req_1", Stop));
        Assert.Null(await Store.FindByRequestAsync("REQ_1", Stop));
        Assert.Null(await Store.FindByRequestAsync("", Stop));
    }

    [Fact]
    public async Task Find_by_reference_prefers_the_event_that_has_a_report()
    {
        var origin = new RequestOrigin("req_1", null, null, null);
        await Store.AppendAsync([Event("a") with { Origin = origin, Report = "{}" }, Event("b") with { Origin = origin }], Stop);

        Assert.Equal("a", (await Store.FindByRequestAsync("req_1", Stop))!.Kind);
    }

    [Fact]
    public async Task List_filters_by_each_member_and_all_together()
    {
        var random = new Lcg(31);
        List<SecurityEvent> events = [];
        for (var number = 1; number <= 300; number++)
        {
            events.Add(Event(random.Pick(new[] { "a", "b" })) with
            {
                TokenId = random.Pick(new[] { "t-1", "t-2", null }),
                Outcome = random.Pick(Enum.GetValues<EventOutcome>()),
            });
        }

        await Store.AppendAsync(events, Stop);

        var filters =
            from token in new[] { null, "t-1", "none" }
            from kind in new[] { null, "a" }
            from outcome in new EventOutcome?[] { null, EventOutcome.Alert }
            select new EventFilter(token, kind, outcome);
        foreach (var filter in filters)
        {
            var expected = events
                .Select((item, index) => (item, Number: index + 1L))
                .Where(row => (filter.TokenId is null || row.item.TokenId == filter.TokenId)
                    && (filter.Kind is null || row.item.Kind == filter.Kind)
                    && (filter.Outcome is null || row.item.Outcome == filter.Outcome))
                .Select(row => row.Number)
                .Reverse()
                .ToList();
            List<long> seen = [];
            string? cursor = null;
            do
            {
                var page = await Store.ListAsync(filter, cursor, 7, Stop);
                Assert.Equal(expected.Count, page.Total);
                seen.AddRange(page.Items.Select(item => item.Number));
                cursor = page.NextCursor;
            }
            while (cursor is not null);

            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public async Task List_leaves_reports_out()
    {
        await Store.AppendAsync([Event() with { Report = "{}", Detail = "d" }], Stop);

        var item = Assert.Single((await Store.ListAsync(new EventFilter(), null, 10, Stop)).Items);
        Assert.Equal((null, "d"), (item.Report, item.Detail));
    }

    [Fact]
    public async Task Newest_and_count_look_at_one_kind()
    {
        await Store.AppendAsync(
            [.. Enumerable.Range(0, 20).Select(second => Event(second % 2 == 0 ? "a" : "b") with { At = Now.AddSeconds(second) })], Stop);

        Assert.Equal([Now.AddSeconds(18), Now.AddSeconds(16)], (await Store.ReadNewestAsync("a", 2, Stop)).Select(item => item.At));
        Assert.Equal(5, await Store.CountAsync("a", Now.AddSeconds(10), 100, Stop));
        Assert.Equal(3, await Store.CountAsync("a", Now, 3, Stop));
        Assert.Equal(0, await Store.CountAsync("none", Now, 3, Stop));
    }

    [Fact]
    public async Task Purge_deletes_what_is_older_in_small_batches()
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 10).Select(second => Event() with { At = Now.AddSeconds(second) })], Stop);

        Assert.Equal(2, await Store.PurgeAsync(Now.AddSeconds(5), 2, Stop));
        Assert.Equal(3, await Store.PurgeAsync(Now.AddSeconds(5), 100, Stop));
        Assert.Equal(0, await Store.PurgeAsync(Now.AddSeconds(5), 100, Stop));
        Assert.Equal(Now.AddSeconds(5), (await Store.ListAsync(new EventFilter(), null, 100, Stop)).Items[^1].At);
    }

    [Fact]
    public async Task Append_concurrently_loses_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Store.AppendAsync([Event(), Event(), Event()], Stop))));

        Assert.Equal(96, (await Store.ListAsync(new EventFilter(), null, 1, Stop)).Total);
    }

    private static SecurityEvent Event(string kind = "a") => new() { At = Now, Kind = kind, Outcome = EventOutcome.Refused };
}

public sealed class SqliteEventStoreTests : EventStoreContract
{
    private CoreHost _host = null!;

    public override ValueTask DisposeAsync() => _host.DisposeAsync();

    private protected override async Task<IEventStore> CreateAsync()
    {
        _host = await CoreHost.StartAsync();
        return _host.Get<IEventStore>();
    }
}
