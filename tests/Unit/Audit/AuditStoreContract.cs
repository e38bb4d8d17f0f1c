using Dashboard.Core.Audit;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Audit;

/// <summary>What every audit store must do.</summary>
public abstract class AuditStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private IAuditStore Store => Host.Get<IAuditStore>();

    private AuditLog Log => Host.Get<AuditLog>();

    [Fact]
    public async Task Append_concurrently_numbers_without_gaps_and_keeps_the_chain()
    {
        var first = (await Store.FindNewestAsync(Stop))!.Number + 1;

        var records = await Task.WhenAll(Enumerable.Range(0, 320).Select(number => Task.Run(() =>
            Store.AppendAsync(Entry($"object-{number}"), Stop))));

        Assert.Equal(Enumerable.Range(0, 320).Select(index => first + index), records.Select(record => record.Number).Order());
        Assert.Equal(320, records.Select(record => Convert.ToHexString(record.Hash)).Distinct(StringComparer.Ordinal).Count());
        var found = await Log.VerifyAsync(null, Stop);
        Assert.Equal((true, first + 319), (found.Intact, found.Verified));
    }

    [Fact]
    public async Task Append_then_read_gives_the_same_record()
    {
        var entry = new AuditEntry(
            new Actor("bob", "operator", "::1", "s-1"), "x.done", "thing", "é\U0001F600'", "a b \"c\"", "{\"a\":1}", "{}");

        var appended = await Store.AppendAsync(entry, Stop);
        var newest = (await Store.FindNewestAsync(Stop))!;

        Assert.Equal(appended.Entry, newest.Entry);
        Assert.Equal((appended.Number, appended.At), (newest.Number, newest.At));
        Assert.Equal(appended.Hash, newest.Hash);
        Assert.Equal(appended.PreviousHash, newest.PreviousHash);
    }

    [Theory]
    [InlineData("with \0 inside")]
    [InlineData("\0")]
    [InlineData("half \uD800 a pair")]
    [InlineData("\uDC00")]
    [InlineData("\uFEFFmark")]
    public async Task Entry_with_any_text_that_a_person_can_send_leaves_the_chain_intact(string text)
    {
        await Store.AppendAsync(
            new AuditEntry(new Actor(text, text, text, text), text, text, text, text, text, text), Stop);
        await Store.AppendAsync(Entry("next"), Stop);

        var found = await Log.VerifyAsync(null, Stop);

        Assert.True(found.Intact, found.Fault);
    }

    [Fact]
    public async Task Members_cannot_be_moved_from_one_to_the_next()
    {
        var left = await Store.AppendAsync(Entry("x") with { Reason = "ab", Before = null }, Stop);
        var right = await Store.AppendAsync(Entry("x") with { Reason = null, Before = "ab" }, Stop);

        Assert.NotEqual(left.Hash, right.Hash);
        Assert.Equal(left.Hash, right.PreviousHash);
    }

    [Fact]
    public async Task Search_filters_by_each_member_and_pages_through_all()
    {
        var random = new Lcg(41);
        List<AuditRecord> records = [];
        for (var number = 0; number < 120; number++)
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(random.Next(3)));
            records.Add(await Store.AppendAsync(
                new AuditEntry(
                    new Actor(random.Pick(new[] { "ann", "bob" })),
                    random.Pick(new[] { "a.x", "a.y" }),
                    random.Pick(new[] { "thing", "other" }),
                    random.Pick(new[] { "1", "2" }),
                    random.Pick(new[] { null, "The QUARTERLY review", "stolen" })),
                Stop));
        }

        (int? First, int? End)[] times = [(null, null), (30, null), (null, 90), (30, 90)];
        var filters =
            from who in new[] { null, "ann", "nobody" }
            from action in new[] { null, "a.x" }
            from kind in new[] { null, "thing" }
            from thing in new[] { null, "1" }
            from reason in new[] { null, "quarterly" }
            from time in times
            where who is not null || action is not null || thing is not null || kind is not null
            select new AuditFilter(
                who, action, thing, kind, reason,
                time.First is { } first ? records[first].At : null, time.End is { } end ? records[end].At : null);
        foreach (var filter in filters)
        {
            var expected = records.Where(filter.Matches).Select(record => record.Number).Reverse().ToList();
            List<long> seen = [];
            string? cursor = null;
            do
            {
                var page = await Log.ListAsync(filter, cursor, 9, Stop);
                Assert.Equal((expected.Count, false), ((int)page.Total, page.TotalIsCapped));
                seen.AddRange(page.Items.Select(record => record.Number));
                cursor = page.NextCursor;
            }
            while (cursor is not null);

            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public async Task Search_in_a_time_gives_exactly_the_entries_of_it()
    {
        List<AuditRecord> records = [];
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var number = 0; number < 40; number++)
        {
            Host.Clock.Advance(TimeSpan.FromMilliseconds(number % 3));
            records.Add(await Store.AppendAsync(Entry($"{number}"), Stop));
        }

        foreach (var (from, before) in new[] { (0, 39), (5, 6), (20, 20), (13, 31) })
        {
            var filter = new AuditFilter(From: records[from].At, Before: records[before].At);
            var page = await Log.ListAsync(filter, null, 100, Stop);

            var expected = records.Where(filter.Matches).Select(record => record.Number).Reverse().ToList();
            Assert.Equal(expected, page.Items.Select(record => record.Number));
            Assert.Equal(expected.Count, page.Total);
        }

        Assert.Empty((await Log.ListAsync(new AuditFilter(From: records[^1].At.AddHours(1)), null, 10, Stop)).Items);
    }

    [Fact]
    public async Task Everything_is_read_in_order_and_ends_with_what_was_there()
    {
        for (var number = 0; number < 30; number++)
        {
            await Store.AppendAsync(Entry($"{number}") with { Reason = number % 2 is 0 ? "even" : "odd" }, Stop);
        }

        List<long> seen = [];
        await foreach (var record in Log.ReadAllAsync(new AuditFilter(Operator: "bob", Reason: "EVEN"), Stop))
        {
            seen.Add(record.Number);
            await Store.AppendAsync(Entry("later") with { Reason = "even" }, Stop);
        }

        Assert.Equal(15, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
    }

    [Fact]
    public async Task Terms_are_what_entries_have()
    {
        await Store.AppendAsync(Entry("1") with { Action = "z.done", ObjectKind = "zebra" }, Stop);
        await Store.AppendAsync(Entry("2") with { Action = "b.done" }, Stop);
        await Store.AppendAsync(Entry("3") with { Action = "b.done" }, Stop);

        var terms = await Log.ReadTermsAsync(Stop);

        Assert.Equal(["b.done", "z.done"], terms.Actions.Where(action => action.EndsWith(".done", StringComparison.Ordinal)));
        Assert.Equal(["thing", "zebra"], terms.ObjectKinds.Where(kind => kind is "thing" or "zebra"));
        Assert.Equal(terms.Actions.Order(StringComparer.Ordinal), terms.Actions);
    }

    [Fact]
    public async Task Time_goes_on_with_the_numbers_where_another_clock_is_a_little_slow()
    {
        var first = await Store.AppendAsync(Entry("1"), Stop);
        Host.Clock.Jump(first.At.AddSeconds(-2));
        var second = await Store.AppendAsync(Entry("2"), Stop);
        Host.Clock.Jump(first.At.AddHours(-2));
        var third = await Store.AppendAsync(Entry("3"), Stop);

        Assert.Equal(first.At, second.At);

        // A clock that was set wrong does not decide the times of all that follow.
        Assert.Equal(Host.Clock.GetUtcNow(), third.At);
        Assert.True((await Log.VerifyAsync(null, Stop)).Intact);
    }

    [Fact]
    public async Task Entry_is_found_by_what_it_was_about_though_that_was_written_out()
    {
        const string name = "evil\u001b[2J\u202Egpj.exe";
        await Store.AppendAsync(Entry(name) with { Who = new Actor(name) }, Stop);

        var byObject = Assert.Single((await Log.ListAsync(new AuditFilter(ObjectId: name), null, 10, Stop)).Items);
        var byBoth = Assert.Single((await Log.ListAsync(new AuditFilter(Operator: name, ObjectId: name), null, 10, Stop)).Items);

        Assert.Equal("evil\\u{1B}[2J\\u{202E}gpj.exe", byObject.Entry.ObjectId);
        Assert.Equal(byObject.Number, byBoth.Number);
    }

    [Fact]
    public async Task Head_is_the_newest_entry()
    {
        var newest = await Store.AppendAsync(Entry("1"), Stop);

        var head = await Store.ReadHeadAsync(Stop);

        Assert.Equal(newest.Number, head.Number);
        Assert.Equal(newest.Hash, head.Hash);
    }

    [Fact]
    public async Task Read_goes_on_from_a_number_oldest_first()
    {
        for (var number = 0; number < 10; number++)
        {
            await Store.AppendAsync(Entry($"{number}"), Stop);
        }

        Assert.Equal([3, 4, 5], (await Store.ReadAsync(3, 3, Stop)).Select(record => record.Number));
        Assert.Empty(await Store.ReadAsync(10_000, 3, Stop));
    }

    private static AuditEntry Entry(string id) => new(new Actor("bob"), "thing.read", "thing", id);
}

public sealed class SqliteAuditStoreTests() : AuditStoreContract(StoreKinds.Sqlite);

public sealed class RedisAuditStoreTests(RedisServer redis) : AuditStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterAuditStoreTests(RedisCluster cluster) : AuditStoreContract(cluster.Settings());
