using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sharing;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Sharing;

/// <summary>What every store of shared reports must do.</summary>
public abstract class ReportShareStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private IReportShareStore Store => Host.Get<IReportShareStore>();

    [Fact]
    public async Task Added_share_is_found_by_its_hash_alone_and_listed_without_its_report()
    {
        var first = A("first") with { Reference = "req_1", Code = "TOKEN_EXPIRED", Source = ShareSource.Failure, CreatedBy = "Té'a \U0001F600" };
        var second = A("second") with { CreatedAt = Now.AddSeconds(1) };

        Assert.True(await AddAsync(first));
        Assert.True(await AddAsync(second));
        await Host.ReopenAsync();

        Assert.Equivalent(first, await Store.FindAsync(first.Hash, Stop), strict: true);
        Assert.Equivalent(first with { Report = "" }, await Store.FindByIdAsync(first.Id, Stop), strict: true);
        Assert.Null(await Store.FindAsync(ReportShare.HashOf("third"), Stop));
        Assert.Null(await Store.FindByIdAsync("shr_third", Stop));
        Assert.Equivalent(
            new[] { second with { Report = "" }, first with { Report = "" } }, await Store.ReadOpenAsync(null, Now, 10, Stop), strict: true);
        Assert.Equal([second.Id], (await Store.ReadOpenAsync("alice", Now, 10, Stop)).Select(share => share.Id));
        Assert.Single(await Store.ReadOpenAsync(null, Now, 1, Stop));
    }

    [Fact]
    public async Task Hash_that_begins_alike_finds_nothing()
    {
        var share = A("first");
        await AddAsync(share);

        Assert.Null(await Store.FindAsync([.. share.Hash.AsSpan(0, 16), .. new byte[16]], Stop));
    }

    [Fact]
    public async Task Expired_share_is_not_listed_and_takes_no_room()
    {
        await AddAsync(A("old") with { ExpiresAt = Now });

        Assert.Empty(await Store.ReadOpenAsync(null, Now, 10, Stop));
        Assert.True(await AddAsync(A("new") with { ExpiresAt = Now.AddMilliseconds(1) }, most: 1));
        Assert.False(await AddAsync(A("newer"), most: 1));
        Assert.True(await AddAsync(A("of another") with { CreatedBy = "bob" }, most: 1));
    }

    [Fact]
    public async Task Of_many_at_once_no_more_are_added_than_there_is_room_for()
    {
        var before = await NewestAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => AddAsync(A($"{number}"), most: 3))));

        Assert.Equal(3, added.Count(isAdded => isAdded));
        Assert.Equal(3, (await Store.ReadOpenAsync("alice", Now, 10, Stop)).Count);
        Assert.Equal(before + 3, await NewestAsync());
    }

    [Fact]
    public async Task Ended_share_is_gone_with_one_entry()
    {
        var share = A("ended");
        await AddAsync(share);
        var before = await NewestAsync();

        var ended = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Store.EndAsync(share.Id, Entry(), Stop))));

        Assert.Single(ended, true);
        Assert.Null(await Store.FindAsync(share.Hash, Stop));
        Assert.Null(await Store.FindByIdAsync(share.Id, Stop));
        Assert.Equal(before + 1, await NewestAsync());
    }

    [Fact]
    public async Task Purge_takes_what_expired_a_few_at_a_time()
    {
        foreach (var number in Enumerable.Range(0, 3))
        {
            await AddAsync(A($"{number}") with { ExpiresAt = Now.AddMinutes(-number - 1) });
        }

        await AddAsync(A("open"));

        Assert.Equal(2, await Store.PurgeAsync(Now, 2, Term, Stop));
        Assert.Equal(1, await Store.PurgeAsync(Now, 2, Term, Stop));
        Assert.Equal(0, await Store.PurgeAsync(Now, 2, Term, Stop));
        Assert.NotNull(await Store.FindAsync(A("open").Hash, Stop));
        Assert.Null(await Store.FindAsync(A("0").Hash, Stop));
    }

    [Fact]
    public async Task Purge_after_its_term_changes_nothing()
    {
        await AddAsync(A("old") with { ExpiresAt = Now.AddMinutes(-1) });
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(Now, 10, Term, Stop));

        Assert.NotNull(await Store.FindAsync(A("old").Hash, Stop));
    }

    private Task<bool> AddAsync(ReportShare share, int most = 10) => Store.AddAsync(share, most, Entry(), Stop);

    private static ReportShare A(string secret)
    {
        var hash = ReportShare.HashOf(secret);
        return new ReportShare
        {
            Id = ReportShare.IdOf(hash),
            Hash = hash,
            Source = ShareSource.Inspector,
            CreatedBy = "alice",
            CreatedAt = Now,
            ExpiresAt = Now.AddHours(1),
            Report = """{"cause":"é <b> \" 'a'"}""",
        };
    }

    private static AuditEntry Entry() => new(Actor.Signet, "report_share.created", "report_share", "test");

    private async Task<long> NewestAsync() => (await Host.Get<AuditLog>().FindNewestAsync(Stop))?.Number ?? 0;
}

public sealed class SqliteReportShareStoreTests() : ReportShareStoreContract(StoreKinds.Sqlite);

public sealed class RedisReportShareStoreTests(RedisServer redis) : ReportShareStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterReportShareStoreTests(RedisCluster cluster) : ReportShareStoreContract(cluster.Settings());
