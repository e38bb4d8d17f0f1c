using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Events;

/// <summary>What every event store must do.</summary>
public abstract class EventStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = LedgerRows.Start;

    private IEventStore Store => Host.Get<IEventStore>();

    [Fact]
    public async Task Append_then_find_by_reference_gives_the_same_event_with_its_report()
    {
        var item = Event() with
        {
            Code = "TOKEN_EXPIRED",
            Subject = "é\U0001F600'",
            Client = "c",
            TokenId = "t",
            Session = "s",
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

    [Theory]
    [InlineData(1)]
    [InlineData(120)]
    public async Task Find_by_reference_gives_refusals_and_alerts_and_nothing_that_succeeded(int others)
    {
        SecurityEvent Of(EventOutcome outcome, string request) =>
            Event() with { Outcome = outcome, Origin = new RequestOrigin(request, null, null, null) };
        await Store.AppendAsync([Of(EventOutcome.Refused, "req_1"), Of(EventOutcome.Alert, "req_2")], Stop);
        await Store.AppendAsync(
            [.. Enumerable.Range(0, others * 3).Select(number => Of(EventOutcome.Succeeded, $"req_{(number % 3) + 1}"))], Stop);

        Assert.Equal(1, (await Store.FindByRequestAsync("req_1", Stop))?.Number);
        Assert.Equal(2, (await Store.FindByRequestAsync("req_2", Stop))?.Number);
        Assert.Null(await Store.FindByRequestAsync("req_3", Stop));
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
                Session = random.Pick(new[] { "s-1", "s-2", null }),
                Client = random.Pick(new[] { "c-1", "c-2", null }),
                Outcome = random.Pick(Enum.GetValues<EventOutcome>()),
            });
        }

        await Store.AppendAsync(events, Stop);

        var filters =
            from token in new[] { null, "t-1", "none" }
            from kind in new[] { null, "a" }
            from outcome in new EventOutcome?[] { null, EventOutcome.Alert }
            from session in new[] { null, "s-1", "none" }
            from client in new[] { null, "c-1" }
            select new EventFilter(token, kind, outcome, session, client);
        foreach (var filter in filters)
        {
            var expected = events
                .Select((item, index) => (item, Number: index + 1L))
                .Where(row => (filter.TokenId is null || row.item.TokenId == filter.TokenId)
                    && (filter.Session is null || row.item.Session == filter.Session)
                    && (filter.Client is null || row.item.Client == filter.Client)
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
    public async Task List_filters_by_who_where_why_and_when()
    {
        var random = new Lcg(32);
        List<SecurityEvent> events = [];
        for (var number = 1; number <= 300; number++)
        {
            events.Add(Event() with
            {
                // Events of several queues come a little out of order.
                At = Now.AddSeconds(number + random.Pick(new[] { -3, 0, 3 })),
                Code = random.Pick(new[] { "A", "B" }),
                Subject = random.Pick(new[] { "s-1", "s-2", null }),
                Outcome = random.Pick(Enum.GetValues<EventOutcome>()),
                Origin = new RequestOrigin(null, random.Pick(new[] { "::1", "192.0.2.1" }), null, random.Pick(new[] { "GET /a", null })),
            });
        }

        await Store.AppendAsync(events, Stop);

        var filters =
            from code in new[] { null, "A" }
            from subject in new[] { null, "s-1" }
            from address in new[] { null, "::1" }
            from endpoint in new[] { null, "GET /a" }
            from outcome in new EventOutcome?[] { null, EventOutcome.Refused }
            from range in new (DateTimeOffset?, DateTimeOffset?)[] { (null, null), (Now.AddSeconds(100), null), (Now.AddSeconds(50), Now.AddSeconds(250)), (Now.AddDays(1), null), (null, Now) }
            select new EventFilter(Outcome: outcome, Code: code, Address: address, Subject: subject, Endpoint: endpoint, From: range.Item1, Before: range.Item2);
        foreach (var filter in filters)
        {
            var expected = events
                .Select((item, index) => (item, Number: index + 1L))
                .Where(row => (filter.Code is null || row.item.Code == filter.Code)
                    && (filter.Subject is null || row.item.Subject == filter.Subject)
                    && (filter.Address is null || row.item.Origin.Ip == filter.Address)
                    && (filter.Endpoint is null || row.item.Origin.Endpoint == filter.Endpoint)
                    && (filter.Outcome is null || row.item.Outcome == filter.Outcome)
                    && !(row.item.At < filter.From)
                    && !(row.item.At >= filter.Before))
                .Select(row => row.Number)
                .Reverse()
                .ToList();
            var first = await Store.ListAsync(filter, null, 40, Stop);
            var second = first.NextCursor is { } cursor ? (await Store.ListAsync(filter, cursor, 300, Stop)).Items : [];

            Assert.Equal(expected, first.Items.Concat(second).Select(item => item.Number));
            Assert.Equal(expected.Count, first.Total);
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
    public async Task Newest_look_at_one_kind()
    {
        await Store.AppendAsync(
            [.. Enumerable.Range(0, 20).Select(second => Event(second % 2 == 0 ? "a" : "b") with { At = Now.AddSeconds(second) })], Stop);

        Assert.Equal([Now.AddSeconds(18), Now.AddSeconds(16)], (await Store.ReadNewestAsync("a", 2, Stop)).Select(item => item.At));
    }

    [Fact]
    public async Task Purge_deletes_what_is_older_in_small_batches()
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 10).Select(second => Event() with { At = Now.AddSeconds(second) })], Stop);

        Assert.Equal(2, await Store.PurgeAsync(Now.AddSeconds(5), 2, Term, Stop));
        Assert.Equal(3, await Store.PurgeAsync(Now.AddSeconds(5), 100, Term, Stop));
        Assert.Equal(0, await Store.PurgeAsync(Now.AddSeconds(5), 100, Term, Stop));
        Assert.Equal(Now.AddSeconds(5), (await Store.ListAsync(new EventFilter(), null, 100, Stop)).Items[^1].At);
    }

    [Fact]
    public async Task Purge_of_an_earlier_term_deletes_nothing()
    {
        await Store.AppendAsync([Event(), Event()], Stop);
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(Now.AddDays(1), 10, Term, Stop));
        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeBeyondAsync(1, 10, Term, Stop));

        Assert.Equal(2, (await Store.ListAsync(new EventFilter(), null, 100, Stop)).Items.Count);
    }

    [Fact]
    public async Task Purge_beyond_a_number_deletes_the_oldest_in_small_batches()
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 10).Select(index => Event() with { At = Now.AddSeconds(index) })], Stop);

        Assert.Equal(0, await Store.PurgeBeyondAsync(10, 100, Term, Stop));
        Assert.Equal(2, await Store.PurgeBeyondAsync(6, 2, Term, Stop));
        Assert.Equal(2, await Store.PurgeBeyondAsync(6, 100, Term, Stop));
        Assert.Equal(0, await Store.PurgeBeyondAsync(6, 100, Term, Stop));

        var left = (await Store.ListAsync(new EventFilter(), null, 100, Stop)).Items;
        Assert.Equal(Enumerable.Range(4, 6).Reverse().Select(index => Now.AddSeconds(index)), left.Select(item => item.At));
    }

    [Fact]
    public async Task Purge_leaves_nothing_to_find_and_what_is_newer_complete()
    {
        SecurityEvent OfRequest(int second) => Event() with
        {
            At = Now.AddSeconds(second),
            TokenId = "t",
            Session = "s",
            Origin = new RequestOrigin("req_1", null, null, null),
            Report = second == 0 ? "{}" : null,
        };
        await Store.AppendAsync([OfRequest(0), OfRequest(1)], Stop);

        Assert.Equal(1, await Store.PurgeAsync(Now.AddSeconds(1), 100, Term, Stop));

        Assert.Equal(OfRequest(1) with { Number = 2 }, await Store.FindByRequestAsync("req_1", Stop));
        Assert.Equal([2], (await Store.ReadNewestAsync("a", 10, Stop)).Select(item => item.Number));
        var filters =
            from token in new[] { null, "t" }
            from kind in new[] { null, "a" }
            from outcome in new EventOutcome?[] { null, EventOutcome.Refused }
            from session in new[] { null, "s" }
            select new EventFilter(token, kind, outcome, session);
        foreach (var filter in filters)
        {
            var page = await Store.ListAsync(filter, null, 10, Stop);
            Assert.Equal((1, 2), (page.Total, Assert.Single(page.Items).Number));
        }

        Assert.Equal(1, await Store.PurgeAsync(Now.AddSeconds(2), 100, Term, Stop));
        Assert.Null(await Store.FindByRequestAsync("req_1", Stop));
    }

    [Fact]
    public async Task Purge_concurrently_counts_every_event_once()
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 64).Select(_ => Event())], Stop);

        var gone = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Store.PurgeAsync(Now.AddSeconds(1), 64, Term, Stop))));

        Assert.Equal(64, gone.Sum());
        Assert.Equal(0, (await Store.ListAsync(new EventFilter(), null, 1, Stop)).Total);
    }

    [Fact]
    public async Task List_stops_counting_at_ten_thousand_and_pages_on()
    {
        for (var batch = 0; batch < 21; batch++)
        {
            await Store.AppendAsync([.. Enumerable.Repeat(Event() with { TokenId = "t" }, 500)], Stop);
        }

        EventFilter[] filters = [new(), new("t"), new(Kind: "a"), new("t", "a", EventOutcome.Refused)];
        foreach (var filter in filters)
        {
            var first = await Store.ListAsync(filter, null, 10_400, Stop);
            var second = await Store.ListAsync(filter, first.NextCursor, 200, Stop);

            Assert.Equal((10_000, true), (first.Total, first.TotalIsCapped));
            Assert.Equal((10_500, 101), (first.Items[0].Number, first.Items[^1].Number));
            Assert.Equal(Enumerable.Range(1, 100).Reverse(), second.Items.Select(item => (int)item.Number));
            Assert.Null(second.NextCursor);
        }
    }

    [Fact]
    public async Task Newest_of_one_moment_are_those_written_last()
    {
        await Store.AppendAsync([.. Enumerable.Repeat(Event(), 12)], Stop);

        Assert.Equal([12, 11, 10, 9], (await Store.ReadNewestAsync("a", 4, Stop)).Select(item => item.Number));
    }

    [Theory]
    [InlineData("with \0 inside")]
    [InlineData("half \uD800 a pair")]
    [InlineData("")]
    public async Task Any_text_leaves_nothing_behind(string text)
    {
        await Store.AppendAsync(
            [Event(text) with { TokenId = text, Subject = text, Origin = new RequestOrigin(text, text, text, text) }], Stop);
        Assert.Equal(1, (await Store.ListAsync(new EventFilter(text, text), null, 10, Stop)).Total);

        await Store.PurgeAsync(Now.AddSeconds(1), 10, Term, Stop);

        Assert.Equal(0, (await Store.ListAsync(new EventFilter(text, text), null, 10, Stop)).Total);
        Assert.Empty(await Store.ReadNewestAsync(text, 10, Stop));
        Assert.Null(await Store.FindByRequestAsync(text, Stop));
    }

    [Fact]
    public async Task Append_concurrently_loses_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Store.AppendAsync([Event(), Event(), Event()], Stop))));

        Assert.Equal(96, (await Store.ListAsync(new EventFilter(), null, 1, Stop)).Total);
    }

    private static SecurityEvent Event(string kind = "a") => new() { At = Now, Kind = kind, Outcome = EventOutcome.Refused };
}

public sealed class SqliteEventStoreTests() : EventStoreContract(StoreKinds.Sqlite);

public sealed class RedisEventStoreTests(RedisServer redis) : EventStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterEventStoreTests(RedisCluster cluster) : EventStoreContract(cluster.Settings());
