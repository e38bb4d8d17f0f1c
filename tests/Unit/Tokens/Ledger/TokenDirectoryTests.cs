using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Ledger;

public sealed class TokenDirectoryTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Status_follows_the_clock_and_the_cut_offs_not_yet_written()
    {
        var directory = _host.Get<TokenDirectory>();
        var issued = await _host.IssueAsync();
        Assert.Equal(TokenStatus.Live, directory.StatusOf(await _host.RowAsync(issued.TokenId)));

        _host.Clock.Advance(issued.Lifetime);
        Assert.Equal(TokenStatus.Expired, directory.StatusOf(await _host.RowAsync(issued.TokenId)));

        await _host.Get<TokenRevocations>().CutOffAsync(RevocationScope.Subject, "user-1", null, "left", TokenBuilder.Somebody, Stop);

        Assert.Equal(TokenStatus.Revoked, directory.StatusOf(await _host.RowAsync(issued.TokenId)));
        var listed = Assert.Single((await directory.ListAsync(new LedgerFilter(), null, 10, Stop)).Items);
        Assert.Equal("left", listed.Revoked?.Reason);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(100_000, 200)]
    public async Task List_page_sizes_are_bounded(int limit, int items)
    {
        await Task.WhenAll(Enumerable.Range(0, 201).Select(_ => _host.IssueAsync()));

        Assert.Equal(items, (await _host.Get<TokenDirectory>().ListAsync(new LedgerFilter(), null, limit, Stop)).Items.Count);
    }

    [Fact]
    public async Task Read_all_reads_past_its_batches()
    {
        await Task.WhenAll(Enumerable.Range(0, 2_100).Select(_ => _host.IssueAsync()));
        List<string> ids = [];

        await foreach (var row in _host.Get<TokenDirectory>().ReadAllAsync(new LedgerFilter(), Stop))
        {
            ids.Add(row.TokenId);
        }

        Assert.Equal(2_100, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(2_100, ids.Count);
    }

    [Fact]
    public async Task Purge_deletes_rows_after_their_retention_and_says_so()
    {
        var issued = await _host.IssueAsync();
        var purge = _host.Get<PurgeWorker>();
        Assert.Null(await purge.FindLastRunAsync(Stop));

        _host.Clock.Advance(issued.Lifetime + TimeSpan.FromDays(90));
        Assert.Equal(0, (await purge.RunAsync(Stop))!.Gone["tokens"]);

        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, (await purge.RunAsync(Stop))!.Gone["tokens"]);
        Assert.Equal(1, (await purge.FindLastRunAsync(Stop))?.Gone["tokens"]);
        Assert.Null(await _host.Get<TokenDirectory>().FindAsync(issued.TokenId, Stop));
    }
}
