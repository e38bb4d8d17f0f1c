using Dashboard.Core.Events;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Throttling;

/// <summary>A flood of refused logins leaves a small log that still says how large it was.</summary>
public sealed class RefusedLoginsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Few_are_recorded_each_by_itself()
    {
        await using var host = await CoreHost.StartAsync();

        Record(host, 20, _ => "192.0.2.1", _ => null);

        host.Get<RefusedLogins>().Summarize();
        Assert.Equal(20, (await EventsAsync(host)).Count);
    }

    [Fact]
    public async Task Many_from_one_address_or_at_one_account_are_told_by_their_number()
    {
        await using var host = await CoreHost.StartAsync();
        Record(host, 50, _ => "192.0.2.1", _ => null);
        Record(host, 50, number => $"198.51.100.{number}", _ => "admin");

        host.Get<RefusedLogins>().Summarize();

        var events = await EventsAsync(host);
        Assert.Equal(42, events.Count);
        var summaries = events.Where(item => item.Detail!.StartsWith("30 more", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, summaries.Count);
        Assert.Single(summaries, item => item.Origin.Ip == "192.0.2.1" && item.Subject is null);
        Assert.Single(summaries, item => item.Subject == "admin" && item.Origin.Ip is null);
        Assert.All(summaries, item => Assert.Equal("INVALID_CREDENTIALS", item.Code));
    }

    [Fact]
    public async Task Ten_thousand_from_everywhere_leave_few_and_a_minute_later_it_begins_anew()
    {
        await using var host = await CoreHost.StartAsync();
        Record(host, 10_000, number => $"198.51.{number % 100}.{number % 250}", _ => null);

        host.Get<RefusedLogins>().Summarize();
        var waiting = host.Get<EventLog>().Waiting;
        Record(host, 1, _ => "198.51.0.0", _ => null);

        Assert.Equal(waiting + 1, host.Get<EventLog>().Waiting);
        var events = await EventsAsync(host);
        Assert.InRange(events.Count, 300, RefusedLogins.MostOfAll + RefusedLogins.MostSummaries + 2);
        Assert.Equal(10_001, events.Sum(item => CountOf(item.Detail!)));
    }

    private static int CountOf(string detail) =>
        int.TryParse(detail.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture, out var count) ? count : 1;

    private static void Record(CoreHost host, int times, Func<int, string> ip, Func<int, string?> account)
    {
        for (var number = 0; number < times; number++)
        {
            host.Get<RefusedLogins>().Record(new SecurityEvent
            {
                At = host.Clock.GetUtcNow(),
                Kind = EventKinds.LoginRefused,
                Outcome = EventOutcome.Refused,
                Code = "INVALID_CREDENTIALS",
                Subject = account(number),
                Origin = RequestOrigin.None with { Ip = ip(number) },
                Detail = "The password was wrong.",
            });
        }
    }

    // What was queued is on disk when the log has stopped.
    private static async Task<IReadOnlyList<SecurityEvent>> EventsAsync(CoreHost host)
    {
        await host.Get<EventLog>().StartAsync(Stop);
        await host.Get<EventLog>().StopAsync(Stop);
        return await host.Get<EventLog>().ReadNewestAsync(EventKinds.LoginRefused, 1_000, Stop);
    }
}
