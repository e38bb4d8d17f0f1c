using System.Globalization;
using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Audit;

/// <summary>Whatever is done to the log in Redis behind Signet's back is found, with the number of the entry.</summary>
public sealed class RedisAuditTamperingTests(RedisServer redis) : IAsyncLifetime
{
    private CoreHost _host = null!;
    private RedisDatabase _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await CoreHost.StartAsync(redis.Settings());
        _database = _host.Get<RedisDatabase>();
        for (var number = 1; number < 20; number++)
        {
            await RecordAsync($"reason {number}");
        }

        await RecordAsync("the last one");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(0, "8")]
    [InlineData(1, "1")]
    [InlineData(2, "AAAA")]
    [InlineData(3, "AAAA")]
    [InlineData(4, "somebody else")]
    [InlineData(5, "administrator")]
    [InlineData(6, "192.0.2.9")]
    [InlineData(7, "s-9")]
    [InlineData(8, "report.shared")]
    [InlineData(9, "reports")]
    [InlineData(10, "r-2")]
    [InlineData(11, "nothing happened")]
    [InlineData(12, "{}")]
    [InlineData(13, "{}")]
    public async Task Changed_member_is_found(int member, string value)
    {
        var members = await ReadAsync(7);
        members[member] = value;
        await WriteAsync(7, members);

        await AssertBrokenAsync(7);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""["7","9000000000000000000","","","a",null,null,null,"b","c","d",null,null,null]""")]
    [InlineData("""["7","x","!","!","a",null,null,null,"b","c","d",null,null,null]""")]
    [InlineData("""["7","1",null,"","a",null,null,null,"b","c","d",null,null,null]""")]
    public async Task Entry_that_cannot_be_read_is_found_and_hides_no_other(string written)
    {
        await _database.RunAsync(server => server.HashSetAsync(_database.Keys.AuditEntries, 7, written), Stop);

        await AssertBrokenAsync(7);
        Assert.Equal(21, (await _host.Get<AuditLog>().ListAsync(new AuditFilter(), null, 50, Stop)).Items.Count);
        Assert.NotNull((await _host.Get<AuditLog>().FindAsync(7, Stop))!.Fault);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(21, 1)]
    [InlineData(16, 6)]
    public async Task Deleted_entries_are_found(int first, int count)
    {
        await DeleteAsync(first, count);

        await AssertBrokenAsync(first);

        await RecordAsync("after the deletion");
        await AssertBrokenAsync(first);
        Assert.DoesNotContain((await _host.Get<AuditLog>().ListAsync(new AuditFilter(), null, 50, Stop)).Items, record => record.Number == first);
    }

    [Fact]
    public async Task Swapped_entries_are_found()
    {
        var (seventh, eighth) = (await ReadAsync(7), await ReadAsync(8));
        (seventh[0], eighth[0]) = ("8", "7");
        await WriteAsync(7, eighth);
        await WriteAsync(8, seventh);

        await AssertBrokenAsync(7);
    }

    [Fact]
    public async Task Inserted_entry_is_found()
    {
        var copy = await ReadAsync(21);
        (copy[0], copy[2]) = ("22", copy[3]);
        await WriteAsync(22, copy);

        await AssertBrokenAsync(22);
    }

    [Fact]
    public async Task Newest_that_the_store_was_made_to_forget_are_found_with_a_checkpoint()
    {
        var checkpoint = await _host.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop);
        await DeleteAsync(16, 7);
        var newest = await ReadAsync(15);
        await _database.RunAsync(
            async server =>
            {
                await server.HashSetAsync(_database.Keys.AuditHead, [new("number", 15), new("hash", Convert.FromBase64String(newest[3]!))]);
                return true;
            },
            Stop);

        Assert.True((await _host.Get<AuditLog>().VerifyAsync(null, Stop)).Intact);
        var found = await _host.Get<AuditLog>().VerifyAsync(_host.Get<AuditCheckpoints>().Open(checkpoint.Text), Stop);
        Assert.Equal((false, 16), (found.Intact, found.FirstBroken));
    }

    [Fact]
    public async Task Reading_goes_on_behind_deleted_entries_to_the_head()
    {
        await DeleteAsync(6, 10);
        var store = _host.Get<IAuditStore>();

        Assert.Equal([16, 17, 18, 19, 20], (await store.ReadAsync(6, 5, Stop)).Select(record => record.Number));
        Assert.Equal([5, 16, 17], (await store.ReadAsync(5, 3, Stop)).Select(record => record.Number));
        Assert.Equal([20, 21], (await store.ReadAsync(20, 3, Stop)).Select(record => record.Number));

        // Nor is anything lost, or copied twice, where the log moves to another store.
        var table = new RedisAuditTable(_database, _host.Get<RedisAuditStore>());
        List<long> copied = [];
        string? after = null;
        do
        {
            var page = await table.ReadAsync(after, 4, Stop);
            copied.AddRange(page.Rows.Select(row => row.Number("number")));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal([1, 2, 3, 4, 5, 16, 17, 18, 19, 20, 21], copied);
    }

    [Fact]
    public async Task Count_that_was_moved_far_away_is_found_too()
    {
        await _database.RunAsync(server => server.HashSetAsync(_database.Keys.AuditHead, "number", 1_000_000_000_000), Stop);

        await AssertBrokenAsync(22);
    }

    [Fact]
    public async Task Checkpoints_that_cannot_be_read_are_passed_over()
    {
        var taken = await _host.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop);
        foreach (var junk in new[] { "no JSON", "null", "{}", """{"number":"x"}""", """{"at":9223372036854775807,"taken_by":"e","statement":"x"}""" })
        {
            await _database.RunAsync(server => server.SortedSetAddAsync(_database.Keys.AuditCheckpoints, junk, taken.Head.Number), Stop);
            await _database.RunAsync(server => server.SortedSetAddAsync(_database.Keys.AuditCheckpoints, junk + " ", 500), Stop);
        }

        Assert.Equal(taken.Text, (await _host.Get<AuditCheckpoints>().FindTrustedAsync(Stop))!.Text);
        Assert.Equal(11, (await _host.Get<AuditCheckpoints>().ListAsync(null, 50, Stop)).Count);
    }

    private async Task AssertBrokenAsync(long number)
    {
        var found = await _host.Get<AuditLog>().VerifyAsync(null, Stop);

        Assert.False(found.Intact);
        Assert.Equal(number, found.FirstBroken);
        Assert.NotNull(found.Fault);
    }

    private async Task<string?[]> ReadAsync(long number) => JsonSerializer.Deserialize<string?[]>(
        ((byte[]?)await _database.RunAsync(server => server.HashGetAsync(_database.Keys.AuditEntries, number), Stop))!)!;

    private Task<bool> WriteAsync(long number, string?[] members) => _database.RunAsync(
        server => server.HashSetAsync(_database.Keys.AuditEntries, number, JsonSerializer.SerializeToUtf8Bytes(members)), Stop);

    private Task<long> DeleteAsync(int first, int count) => _database.RunAsync(
        server => server.HashDeleteAsync(
            _database.Keys.AuditEntries,
            [.. Enumerable.Range(first, count).Select(number => (StackExchange.Redis.RedisValue)number.ToString(CultureInfo.InvariantCulture))]),
        Stop);

    private Task RecordAsync(string reason) => _host.Get<AuditLog>().RecordReadAsync(
        new AuditEntry(TokenBuilder.Somebody, "report.read", "report", "r-1", reason, Before: null, After: """{"a":"b"}"""), Stop);
}
