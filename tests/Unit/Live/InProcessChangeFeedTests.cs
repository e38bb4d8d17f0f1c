using Dashboard.Core.Live;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Live;

public sealed class InProcessChangeFeedTests
{
    private readonly InProcessChangeFeed _feed = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_hears_its_own_kind_in_order_and_no_other()
    {
        await using var reader = _feed.ReadAsync(ChangeKind.Tokens, Stop).GetAsyncEnumerator(Stop);
        var next = reader.MoveNextAsync();

        _feed.Publish(new Change(ChangeKind.Keys, "x"));
        _feed.Publish(new Change(ChangeKind.Tokens, "1"));
        _feed.Publish(new Change(ChangeKind.Tokens, "2"));

        Assert.True(await next);
        Assert.Equal("1", reader.Current.Id);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("2", reader.Current.Id);
    }

    [Fact]
    public async Task Slow_reader_loses_the_oldest_never_the_newest_and_hears_that_it_did()
    {
        await using var reader = _feed.ReadAsync(ChangeKind.Tokens, Stop).GetAsyncEnumerator(Stop);
        var next = reader.MoveNextAsync();

        for (var number = 0; number < 1_000; number++)
        {
            _feed.Publish(new Change(ChangeKind.Tokens, $"{number}"));
        }

        List<string?> heard = [];
        Assert.True(await next);
        heard.Add(reader.Current.Id);
        while (heard[^1] != "999" && await reader.MoveNextAsync())
        {
            heard.Add(reader.Current.Id);
        }

        Assert.InRange(heard.Count(id => id is not null), 1, 65);
        Assert.Contains(null, heard);
        Assert.Equal("999", heard[^1]);
    }

    [Fact]
    public async Task Cancelling_unsubscribes()
    {
        using var left = new CancellationTokenSource();
        await using var reader = _feed.ReadAsync(ChangeKind.Tokens, left.Token).GetAsyncEnumerator(Stop);
        var next = reader.MoveNextAsync();
        Assert.Equal(1, _feed.ReaderCount);

        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        Assert.Equal(0, _feed.ReaderCount);
        _feed.Publish(new Change(ChangeKind.Tokens, null));
    }

    [Fact]
    public async Task Leaving_the_loop_unsubscribes()
    {
        var reading = ReadOneAsync();
        await Eventually.TrueAsync(() => _feed.ReaderCount == 1);

        _feed.Publish(new Change(ChangeKind.Audit, "a"));

        Assert.Equal("a", await reading);
        Assert.Equal(0, _feed.ReaderCount);

        async Task<string?> ReadOneAsync()
        {
            await foreach (var change in _feed.ReadAsync(ChangeKind.Audit, Stop))
            {
                return change.Id;
            }

            return null;
        }
    }

    [Fact]
    public async Task Every_reader_hears_every_change_while_others_come_and_go()
    {
        var readers = Enumerable.Range(0, 32).Select(_ => _feed.ReadAsync(ChangeKind.Keys, Stop).GetAsyncEnumerator(Stop)).ToList();
        var next = readers.Select(reader => reader.MoveNextAsync().AsTask()).ToList();

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => _feed.Publish(new Change(ChangeKind.Keys, "k")))));

        Assert.All(await Task.WhenAll(next), Assert.True);
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }

        Assert.Equal(0, _feed.ReaderCount);
    }
}
