using Dashboard.Core.Events;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Events;

public sealed class EventLogTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stopping_writes_what_was_queued_also_during_the_pause_between_batches()
    {
        await using var host = await CoreHost.StartAsync(hosted: true);
        var log = host.Get<EventLog>();
        log.Record(Event());
        await Eventually.TrueAsync(async () => (await log.ListAsync(new EventFilter(), null, 1, Stop)).Total == 1);

        // The first was written and the loop now waits for the clock, which stands still.
        log.Record(Event());
        log.Record(Event());
        await host.StopHostedAsync();

        Assert.Equal(3, (await log.ListAsync(new EventFilter(), null, 10, Stop)).Total);
        Assert.Equal((0, 0), (log.Dropped, log.Waiting));
    }

    [Fact]
    public async Task Events_survive_a_restart()
    {
        await using var host = await CoreHost.StartAsync(hosted: true);
        host.Get<EventLog>().Record(Event());

        await host.ReopenAsync();

        Assert.Single((await host.Get<EventLog>().ListAsync(new EventFilter(), null, 10, Stop)).Items);
    }

    [Fact]
    public async Task Full_queue_counts_what_it_drops_and_never_waits()
    {
        await using var host = await CoreHost.StartAsync();
        var log = host.Get<EventLog>();

        for (var number = 0; number < EventLog.QueueLength + 7; number++)
        {
            log.Record(Event());
        }

        Assert.Equal((EventLog.QueueLength, 7), (log.Waiting, log.Dropped));
    }

    [Fact]
    public async Task Alert_is_stored_first_though_the_queue_is_full()
    {
        await using var host = await CoreHost.StartAsync();
        var log = host.Get<EventLog>();
        for (var number = 0; number < EventLog.QueueLength; number++)
        {
            log.Record(Event());
        }

        log.Record(Event() with { Kind = EventKinds.UnknownToken, Outcome = EventOutcome.Alert });
        await log.StartAsync(Stop);
        await log.StopAsync(Stop);

        Assert.Equal((0, 0), (log.Dropped, log.Waiting));
        Assert.Equal(1, Assert.Single(await log.ReadNewestAsync(EventKinds.UnknownToken, 2, Stop)).Number);
    }

    [Fact]
    public async Task Alert_by_itself_is_stored()
    {
        await using var host = await CoreHost.StartAsync(hosted: true);
        var log = host.Get<EventLog>();

        log.Record(Event() with { Outcome = EventOutcome.Alert });

        await Eventually.TrueAsync(async () => (await log.ListAsync(new EventFilter(), null, 1, Stop)).Total == 1);
    }

    [Fact]
    public async Task Log_makes_no_pause_while_whole_batches_wait()
    {
        await using var host = await CoreHost.StartAsync();
        var log = host.Get<EventLog>();
        for (var number = 0; number < 1_400; number++)
        {
            log.Record(Event());
        }

        // The clock stands still: behind the first pause nothing is written.
        await log.StartAsync(Stop);
        await Eventually.TrueAsync(async () => (await log.ListAsync(new EventFilter(), null, 1, Stop)).Total == 1_000);

        await log.StopAsync(Stop);
    }

    [Fact]
    public async Task Batch_that_cannot_be_written_is_counted_as_dropped()
    {
        await using var host = await CoreHost.StartAsync();
        var log = host.Get<EventLog>();
        log.Record(Event());
        log.Record(Event());
        await host.SpoilAsync("events", keys => keys.Events);

        await log.StartAsync(Stop);
        await log.StopAsync(Stop);

        Assert.Equal(2, log.Dropped);
    }

    private static SecurityEvent Event() =>
        new() { At = LedgerRows.Start, Kind = EventKinds.TokenIssued, Outcome = EventOutcome.Succeeded };
}
