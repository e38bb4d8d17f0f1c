using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Keys;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys.Pages;

/// <summary>Where the lives of keys stand in the chart.</summary>
public sealed class KeyTimelineTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_key_has_a_lane_and_each_state_its_part()
    {
        _host.Clock.Advance(TimeSpan.FromDays(40));
        await _host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, false, false, "due"), TokenBuilder.Somebody, Stop);
        _host.Clock.Advance(TimeSpan.FromDays(40));

        var timeline = Timeline(KeyRange.All);

        Assert.Equal(3, timeline.Lanes.Count);
        Assert.Equal([KeyState.Next, KeyState.Current], StatesOf(timeline, KeyState.Current));
        Assert.Equal([KeyState.Current, KeyState.Previous], StatesOf(timeline, KeyState.Previous));
        Assert.Equal([KeyState.Next, KeyState.Next], StatesOf(timeline, KeyState.Next));
        Assert.Equal(0, timeline.Hidden);
        var signing = timeline.Lanes.Single(lane => lane.Key.State is KeyState.Current);
        Assert.Equal("0%", timeline.At(signing.Spans[0].From));
        Assert.Equal("43.48%", timeline.At(signing.Spans[1].From));
        Assert.Equal("43.48%", timeline.Width(signing.Spans[1]));
        Assert.Equal("86.96%", timeline.Now);
        Assert.True(timeline.Lanes.Single(lane => lane.Key.State is KeyState.Next).Spans[^1].IsPlanned);
    }

    [Fact]
    public async Task Keys_that_ended_before_the_time_are_counted_and_not_drawn()
    {
        var first = _host.Get<KeyRing>().Current.KeyId;
        await _host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, false, true, "burnt"), TokenBuilder.Somebody, Stop);
        _host.Clock.Advance(TimeSpan.FromDays(60));

        var timeline = Timeline(KeyRange.Month);

        Assert.Equal(1, timeline.Hidden);
        Assert.DoesNotContain(timeline.Lanes, lane => lane.Key.KeyId == first);
        Assert.Equal(4, timeline.Ticks.Count());
        Assert.Equal("0%", timeline.At(_host.Clock.GetUtcNow().AddDays(-50)));
        Assert.Equal("100%", timeline.At(_host.Clock.GetUtcNow().AddDays(50)));
    }

    [Theory]
    [InlineData("30d", 30)]
    [InlineData("90d", 90)]
    [InlineData("1y", 365)]
    public void Times_have_names_in_the_address(string name, int days)
    {
        var range = KeyRanges.Parse(name);

        Assert.Equal(TimeSpan.FromDays(days), range.Length);
        Assert.Equal($"/keys?range={name}", KeysAddress.Of(range));
    }

    [Fact]
    public void Every_other_name_means_all_there_is()
    {
        Assert.Equal(KeyRange.All, KeyRanges.Parse(null));
        Assert.Equal(KeyRange.All, KeyRanges.Parse("a week"));
        Assert.Equal("/keys", KeysAddress.Of(KeyRange.All));
    }

    private static IEnumerable<KeyState> StatesOf(KeyTimeline timeline, KeyState now) =>
        timeline.Lanes.Single(lane => lane.Key.State == now).Spans.Select(span => span.State);

    private KeyTimeline Timeline(KeyRange range) =>
        new(_host.Get<KeyRing>().All, _host.Get<KeyPlan>(), range, _host.Clock.GetUtcNow());
}
