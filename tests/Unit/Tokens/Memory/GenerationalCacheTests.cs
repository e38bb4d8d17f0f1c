using Dashboard.Core.Tokens.Memory;

namespace Dashboard.Tests.Unit.Tokens.Memory;

public sealed class GenerationalCacheTests
{
    private readonly GenerationalCache<int, string> _cache = new(10);

    [Fact]
    public void Find_gives_what_was_added_and_null_for_the_rest()
    {
        _cache.Add(1, "a");

        Assert.Equal("a", _cache.Find(1));
        Assert.Null(_cache.Find(2));
    }

    [Fact]
    public void Add_the_same_key_again_keeps_the_first()
    {
        _cache.Add(1, "a");
        _cache.Add(1, "b");

        Assert.Equal("a", _cache.Find(1));
    }

    [Fact]
    public void What_nobody_asks_for_is_forgotten_and_what_is_used_stays()
    {
        _cache.Add(1, "used");
        _cache.Add(2, "unused");
        for (var key = 100; key < 200; key++)
        {
            _cache.Add(key, "x");
            Assert.Equal("used", _cache.Find(1));
        }

        Assert.Null(_cache.Find(2));
    }

    [Fact]
    public void It_never_holds_more_than_two_generations()
    {
        for (var key = 0; key < 1_000; key++)
        {
            _cache.Add(key, "x");
        }

        Assert.InRange(Enumerable.Range(0, 1_000).Count(key => _cache.Find(key) is not null), 1, 20);
    }

    [Fact]
    public async Task Concurrent_use_finds_right_values_or_none()
    {
        var cache = new GenerationalCache<int, string>(50);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(worker => Task.Run(() =>
        {
            for (var round = 0; round < 2_000; round++)
            {
                var key = (worker * round) % 500;
                cache.Add(key, $"{key}");
                Assert.True(cache.Find(key) is not { } found || found == $"{key}");
            }
        })));

        Assert.InRange(Enumerable.Range(0, 500).Count(key => cache.Find(key) is not null), 1, 200);
    }
}
