using System.Diagnostics;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;

namespace Dashboard.Benchmarks.Events;

/// <summary>Claim to defend: of a million events a failure is found by its reference in under 300 ms, and a chart drawn in under 500 ms.</summary>
internal static class EventTimes
{
    private const int Runs = 21;

    public static async Task RunAsync(string place)
    {
        await using var core = await BenchCore.StartAsync(place);
        var (events, counts) = (core.Get<Core.Events.EventLog>(), core.Get<RefusalCounts>());
        var now = TimeProvider.System.GetUtcNow();
        TimeRange Last(double days) => new(now.AddDays(-days), now);
        RefusalFilter[] filters =
        [
            RefusalFilter.None, new("TOKEN_EXPIRED"), new(Client: "client-0"), new(Address: "198.51.0.0"), new("TOKEN_EXPIRED", "client-3"),
            new(Client: "client-0", Address: "198.51.0.0"),
        ];
        (string Name, EventFilter Filter)[] lists =
        [
            ("refusals", new EventFilter(Outcome: EventOutcome.Refused)),
            ("code", new EventFilter(Outcome: EventOutcome.Refused, Code: "TOKEN_REVOKED")),
            ("client", new EventFilter(Outcome: EventOutcome.Refused, Client: "client-0")),
            ("address and code", new EventFilter(Outcome: EventOutcome.Refused, Address: "198.51.0.0", Code: "TOKEN_REVOKED")),
            ("an hour a week ago", new EventFilter(Outcome: EventOutcome.Refused, From: now.AddDays(-7), Before: now.AddDays(-7).AddHours(1))),
        ];

        Console.WriteLine($"{"of a month",-46} {"median",10} {"worst",10}");
        await TimeAsync("failure by reference", () => events.FindByRequestAsync(EventSeeder.ReferenceOf(123_456), CancellationToken.None));
        foreach (var (name, filter) in lists)
        {
            await TimeAsync($"50 rows, {name}", () => events.ListAsync(filter, null, 50, CancellationToken.None));
        }

        foreach (var filter in filters)
        {
            var name = string.Join(", ", new[] { filter.Code, filter.Client, filter.Address }.Where(value => value is not null).DefaultIfEmpty("all"));
            await TimeAsync($"hour by minutes, {name}", () => counts.ReadSeriesAsync(filter, RollupGrain.Minute, Last(1 / 24.0), CancellationToken.None));
            await TimeAsync($"day by minutes, {name}", () => counts.ReadSeriesAsync(filter, RollupGrain.Minute, Last(1), CancellationToken.None));
            await TimeAsync($"month by hours, {name}", () => counts.ReadSeriesAsync(filter, RollupGrain.Hour, Last(30), CancellationToken.None));
            await TimeAsync($"top addresses of a day, {name}", () => counts.ReadTopAsync(RefusalDimension.Address, filter, Last(1), 8, CancellationToken.None));
            await TimeAsync($"top subjects of a week, {name}", () => counts.ReadTopAsync(RefusalDimension.Subject, filter, Last(7), 8, CancellationToken.None));
            await TimeAsync($"top subjects of a month, {name}", () => counts.ReadTopAsync(RefusalDimension.Subject, filter, Last(30), 8, CancellationToken.None));
        }
    }

    private static async Task TimeAsync<T>(string name, Func<Task<T>> act)
    {
        var times = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var begin = Stopwatch.GetTimestamp();
            await act();
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"{name,-46} {times[Runs / 2],7:F2} ms {times[^1],7:F2} ms");
    }
}
