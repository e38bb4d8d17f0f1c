using System.Diagnostics;
using System.Globalization;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;

namespace Dashboard.Benchmarks.Events;

/// <summary>
/// Fills a store with refusals of a month as a busy deployment would leave them: seven codes, two hundred clients and a thousand
/// addresses of very different activity, ten thousand subjects.
/// </summary>
internal static class EventSeeder
{
    private const int BatchSize = 5_000;

    private static readonly string[] Codes =
    [
        "TOKEN_EXPIRED", "TOKEN_EXPIRED", "TOKEN_EXPIRED", "TOKEN_REVOKED", "INVALID_CREDENTIALS", "invalid_client", "invalid_grant",
        "INSUFFICIENT_SCOPE", "WRONG_AUDIENCE",
    ];

    private static readonly string[] Endpoints =
        ["POST /auth/validate", "POST /oauth/introspect", "POST /oauth/token", "POST /auth/login", "GET /verify", "POST /tokens/validate"];

    public static async Task RunAsync(string place, int rows)
    {
        await using var core = await BenchCore.StartAsync(place);
        var store = core.Get<IEventStore>();
        var tally = new RefusalTally();
        var now = TimeProvider.System.GetUtcNow();
        var begin = Stopwatch.GetTimestamp();
        for (var first = 0; first < rows; first += BatchSize)
        {
            var batch = Enumerable.Range(first, Math.Min(BatchSize, rows - first)).Select(number => Event(number, rows, now)).ToList();
            batch.ForEach(tally.Add);
            await store.AppendAsync(batch, tally.Take(), CancellationToken.None);
        }

        Console.WriteLine($"{rows} events in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s");
    }

    /// <summary>The reference of one of them.</summary>
    public static string ReferenceOf(int number) => $"req_{number.ToString("D16", CultureInfo.InvariantCulture)}";

    private static SecurityEvent Event(int number, int rows, DateTimeOffset now)
    {
        // A square makes a few very busy and most of them quiet.
        var share = number * 2_654_435_761L % 1_000_003 / 1_000_003.0;
        return new SecurityEvent
        {
            At = now - (TimeSpan.FromDays(30) * (1 - ((double)number / rows))),
            Kind = EventKinds.TokenRefused,
            Outcome = EventOutcome.Refused,
            Code = Codes[number % Codes.Length],
            Subject = $"user-{(int)(share * share * 10_000)}",
            Client = number % 7 == 0 ? null : $"client-{(int)(share * share * 200)}",
            TokenId = $"jti-{number % 500_000}",
            Origin = new RequestOrigin(
                ReferenceOf(number), $"198.51.{number * 31L % 4}.{(int)(share * share * 250)}", "bench", Endpoints[number % Endpoints.Length]),
            Detail = "The token expired.",
            Report = number % 2 == 0 ? """{"cause":"The token expired.","claims":{"sub":"user","aud":"signet"}}""" : null,
        };
    }
}
