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
            new Actor("bob", "operator", "::1", "s-1"), "x.done", "thing", "é\U0001F600'", "a\r\nb\t\"c\"", "{\"a\":1}", "{}");

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
    public async Task List_filters_by_each_member_and_pages_through_all()
    {
        var random = new Lcg(41);
        var last = (await Store.FindNewestAsync(Stop))!.Number;
        List<AuditEntry> entries = [];
        for (var number = 0; number < 120; number++)
        {
            entries.Add(new AuditEntry(
                new Actor(random.Pick(new[] { "ann", "bob" })), random.Pick(new[] { "a.x", "a.y" }), "thing", random.Pick(new[] { "1", "2" })));
            await Store.AppendAsync(entries[^1], Stop);
        }

        var filters =
            from who in new[] { null, "ann", "nobody" }
            from action in new[] { null, "a.x" }
            from thing in new[] { null, "1" }
            where who is not null || action is not null || thing is not null
            select new AuditFilter(who, action, thing);
        foreach (var filter in filters)
        {
            var expected = entries.Select((entry, index) => (entry, Number: last + 1 + index))
                .Where(row => (filter.Operator is null || row.entry.Who.Name == filter.Operator)
                    && (filter.Action is null || row.entry.Action == filter.Action)
                    && (filter.ObjectId is null || row.entry.ObjectId == filter.ObjectId))
                .Select(row => row.Number).Reverse().ToList();
            List<long> seen = [];
            string? cursor = null;
            do
            {
                var page = await Store.ListAsync(filter, cursor, 9, Stop);
                Assert.Equal(expected.Count, page.Total);
                seen.AddRange(page.Items.Select(record => record.Number));
                cursor = page.NextCursor;
            }
            while (cursor is not null);

            Assert.Equal(expected, seen);
        }
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
