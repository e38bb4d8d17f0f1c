using System.Diagnostics;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Benchmarks.Ledger;

/// <summary>Claim to defend: a page of 50 rows costs under 5 ms (median), whatever the filter and however deep.</summary>
internal static class LedgerTimes
{
    private const int Runs = 51;

    public static async Task RunAsync(string place)
    {
        await using var core = await BenchCore.StartAsync(place);
        var directory = core.Get<TokenDirectory>();
        var second = (await directory.ListAsync(new LedgerFilter(), null, 50, CancellationToken.None)).NextCursor;
        var deep = await DeepCursorAsync(directory);
        (string Name, LedgerFilter Filter, string? Cursor)[] lists =
        [
            ("first page", new LedgerFilter(), null),
            ("next page", new LedgerFilter(), second),
            ("page 1,000", new LedgerFilter(), deep),
            ("subject (busy)", new LedgerFilter { Subject = "user-0" }, null),
            ("subject (quiet)", new LedgerFilter { Subject = "user-9876" }, null),
            ("client", new LedgerFilter { Client = "client-17" }, null),
            ("kind", new LedgerFilter { Kind = TokenKind.Minted }, null),
            ("scope", new LedgerFilter { Scope = "write" }, null),
            ("live", new LedgerFilter { Status = TokenStatus.Live }, null),
            ("expired", new LedgerFilter { Status = TokenStatus.Expired }, null),
            ("revoked", new LedgerFilter { Status = TokenStatus.Revoked }, null),
            ("never presented", new LedgerFilter { NeverPresented = true }, null),
            ("text, one subject", new LedgerFilter { Text = "user-9876" }, null),
            ("text, many subjects", new LedgerFilter { Text = "user-" }, null),
            ("subject and live", new LedgerFilter { Subject = "user-0", Status = TokenStatus.Live }, null),
        ];

        Console.WriteLine($"{"list of 50 rows",-22} {"median",10} {"worst",10}");
        foreach (var (name, filter, cursor) in lists)
        {
            var times = new List<double>();
            for (var run = 0; run < Runs; run++)
            {
                var begin = Stopwatch.GetTimestamp();
                await directory.ListAsync(filter, cursor, 50, CancellationToken.None);
                times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine($"{name,-22} {times[Runs / 2],7:F2} ms {times[^1],7:F2} ms");
        }
    }

    private static async Task<string?> DeepCursorAsync(TokenDirectory directory)
    {
        var count = 0;
        await foreach (var entry in directory.ReadAllAsync(new LedgerFilter(), CancellationToken.None))
        {
            if (++count == 50_000)
            {
                return new Core.Primitives.PageCursor(entry.IssuedAt, entry.TokenId).ToString();
            }
        }

        return null;
    }
}
