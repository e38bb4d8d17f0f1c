using System.Globalization;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Events;

/// <summary>A flood of refusals leaves a small log that still says how large it was.</summary>
public sealed class RefusalSamplingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Few_are_kept_each_by_itself()
    {
        await using var host = await CoreHost.StartAsync();

        Record(host, 60, _ => "192.0.2.1", _ => null);

        Assert.Equal(60, (await EventsAsync(host)).Count);
    }

    [Fact]
    public async Task Many_from_one_address_or_about_one_account_are_told_by_their_number()
    {
        await using var host = await CoreHost.StartAsync();
        Record(host, 90, _ => "192.0.2.1", _ => null);
        Record(host, 90, number => $"198.51.100.{number}", _ => "admin");

        var events = await EventsAsync(host);

        Assert.Equal(122, events.Count);
        var summaries = events.Where(item => item.Detail!.StartsWith("30 more", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, summaries.Count);
        Assert.Single(summaries, item => item.Origin.Ip == "192.0.2.1" && item.Subject is null);
        Assert.Single(summaries, item => item.Subject == "admin" && item.Origin.Ip is null);
        Assert.All(summaries, item => Assert.Equal("INVALID_CREDENTIALS", item.Code));
    }

    [Fact]
    public async Task Flood_of_one_code_hides_no_other()
    {
        await using var host = await CoreHost.StartAsync();
        Record(host, 500, _ => "192.0.2.1", _ => null);
        Record(host, 1, _ => "192.0.2.1", _ => null, code: "TOKEN_REVOKED");
        Record(host, 1, _ => "192.0.2.2", _ => null);

        var events = await EventsAsync(host);

        Assert.Single(events, item => item.Code == "TOKEN_REVOKED");
        Assert.Single(events, item => item.Origin.Ip == "192.0.2.2");
    }

    [Fact]
    public async Task Who_rotates_within_one_network_hides_nobody_and_fills_no_minute()
    {
        await using var host = await CoreHost.StartAsync();
        Record(host, 1_000, number => $"2001:db8:1:2::{number:x}", _ => null);
        Record(host, 5, _ => "2001:db8:1:3::1", _ => null);

        var events = await EventsAsync(host);

        Assert.Equal(60 + 1 + 5, events.Count);
        Assert.Equal(5, events.Count(item => item.Origin.Ip == "2001:db8:1:3::1"));
        Assert.StartsWith("940 more", Assert.Single(events, item => item.Origin.Ip == "2001:db8:1:2::/64").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Network_that_goes_through_codes_and_clients_has_its_share_and_no_more()
    {
        await using var host = await CoreHost.StartAsync();
        for (var number = 0; number < 1_000; number++)
        {
            host.Get<EventLog>().Record(Event(host, "192.0.2.1", null, $"CODE_{number % 50}") with { Client = $"client_{number}" });
        }

        Record(host, 5, _ => "192.0.2.2", _ => null);

        var events = await EventsAsync(host);
        Assert.Equal(5, events.Count(item => item.Origin.Ip == "192.0.2.2"));
        Assert.Equal(250, events.Count(item => item.Client is not null));
        Assert.Equal(1_005, events.Sum(item => CountOf(item.Detail!)));
    }

    [Fact]
    public async Task First_of_a_network_is_kept_where_others_have_filled_the_minute()
    {
        await using var host = await CoreHost.StartAsync();
        Record(host, 5_000, number => $"198.51.100.{number % 100}", _ => null);

        Record(host, 2, _ => "192.0.2.1", _ => null);

        var events = await EventsAsync(host);
        Assert.Equal(1, events.Count(item => item is { Origin.Ip: "192.0.2.1", Detail: "The password was wrong." }));
    }

    [Fact]
    public async Task Ten_thousand_from_everywhere_leave_few_are_all_counted_and_a_minute_later_it_begins_anew()
    {
        await using var host = await CoreHost.StartAsync();
        Record(host, 10_000, number => $"198.51.{number % 100}.{number % 250}", _ => null);

        host.Get<EventLog>().Summarize();
        var waiting = host.Get<EventLog>().Waiting;
        Record(host, 1, _ => "198.51.0.0", _ => null);

        Assert.Equal(waiting + 1, host.Get<EventLog>().Waiting);
        var events = await EventsAsync(host);
        Assert.InRange(events.Count, 750, 1_102);
        Assert.Equal(10_001, events.Sum(item => CountOf(item.Detail!)));
        var range = new TimeRange(host.Clock.GetUtcNow().AddHours(-1), host.Clock.GetUtcNow().AddHours(1));
        var counted = await host.Get<RefusalCounts>().ReadSeriesAsync(RefusalFilter.None, RollupGrain.Hour, range, Stop);
        Assert.Equal(10_001, Assert.Single(counted).Count);
    }

    [Fact]
    public async Task Success_is_always_kept()
    {
        await using var host = await CoreHost.StartAsync();
        for (var number = 0; number < 2_000; number++)
        {
            host.Get<EventLog>().Record(Event(host, "192.0.2.1", null, null) with { Outcome = EventOutcome.Succeeded });
        }

        Assert.Equal(2_000, host.Get<EventLog>().Waiting);
    }

    private static int CountOf(string detail) => int.TryParse(detail.Split(' ')[0], CultureInfo.InvariantCulture, out var count) ? count : 1;

    private static void Record(
        CoreHost host, int times, Func<int, string> ip, Func<int, string?> account, string code = "INVALID_CREDENTIALS")
    {
        for (var number = 0; number < times; number++)
        {
            host.Get<EventLog>().Record(Event(host, ip(number), account(number), code));
        }
    }

    private static SecurityEvent Event(CoreHost host, string ip, string? account, string? code) => new()
    {
        At = host.Clock.GetUtcNow(),
        Kind = EventKinds.LoginRefused,
        Outcome = EventOutcome.Refused,
        Code = code,
        Subject = account,
        Origin = RequestOrigin.None with { Ip = ip },
        Detail = "The password was wrong.",
    };

    // What was queued is on disk when the log has stopped.
    private static async Task<IReadOnlyList<SecurityEvent>> EventsAsync(CoreHost host)
    {
        host.Get<EventLog>().Summarize();
        await host.Get<EventLog>().StartAsync(Stop);
        await host.Get<EventLog>().StopAsync(Stop);
        return await host.Get<EventLog>().ReadNewestAsync(EventKinds.LoginRefused, 2_000, Stop);
    }
}
