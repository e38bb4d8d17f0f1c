using Dashboard.Core.Live.Redis;

namespace Dashboard.Tests.Unit.Live;

public sealed class HeardNumbersTests
{
    private readonly HeardNumbers _heard = new();

    [Fact]
    public void Numbers_in_a_row_miss_nothing()
    {
        Assert.False(_heard.Compare(7));
        Assert.False(_heard.Take(8));
        Assert.False(_heard.Take(9));
        Assert.False(_heard.Compare(9));
        Assert.False(_heard.Compare(9));
    }

    [Fact]
    public void A_number_that_is_skipped_is_missing_once()
    {
        _heard.Compare(7);

        Assert.True(_heard.Take(9));
        Assert.False(_heard.Take(10));
        Assert.False(_heard.Compare(10));
    }

    [Fact]
    public void A_message_on_its_way_is_missing_only_when_it_has_not_come_by_the_next_comparison()
    {
        _heard.Compare(7);

        Assert.False(_heard.Compare(8));
        Assert.True(_heard.Compare(8));
        Assert.False(_heard.Compare(8));
        Assert.False(_heard.Take(9));
    }

    [Fact]
    public void A_message_that_comes_after_all_is_not_missing()
    {
        _heard.Compare(7);
        _heard.Compare(8);

        Assert.False(_heard.Take(8));
        Assert.False(_heard.Compare(8));
    }

    [Fact]
    public void A_server_that_went_back_has_lost_something()
    {
        _heard.Compare(7);

        Assert.True(_heard.Compare(5));
        Assert.False(_heard.Take(6));
        Assert.False(_heard.Compare(6));
    }
}
