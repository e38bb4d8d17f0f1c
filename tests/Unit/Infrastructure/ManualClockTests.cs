namespace Dashboard.Tests.Unit.Infrastructure;

public sealed class ManualClockTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new(Start);

    [Fact]
    public async Task Delay_ends_when_time_has_passed_and_not_before()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(10), _clock, TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }

    [Fact]
    public void Periodic_timer_fires_once_per_period_at_its_own_time()
    {
        List<DateTimeOffset> fired = [];
        using var timer = _clock.CreateTimer(
            _ => fired.Add(_clock.GetUtcNow()), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        _clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal([Start.AddMinutes(1), Start.AddMinutes(2), Start.AddMinutes(3)], fired);
        Assert.Equal(Start.AddMinutes(3), _clock.GetUtcNow());
    }
}
