using System.Diagnostics;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Benchmarks.Ledger;

/// <summary>
/// Fills a ledger with rows as a busy deployment would leave them: a month of tokens, ten thousand subjects of very
/// different activity, two hundred clients, a tenth revoked, a third never presented.
/// </summary>
internal static class LedgerSeeder
{
    private const int BatchSize = 1_000;
    private static readonly string[] Scopes = ["read", "read write", "admin", "files:read files:write", "", "mcp:tools"];

    public static async Task RunAsync(string place, int rows)
    {
        await using var core = await BenchCore.StartAsync(place);
        var ledger = core.Get<ITokenLedger>();
        var keyId = core.Get<KeyRing>().Current.KeyId;
        var now = TimeProvider.System.GetUtcNow();
        var begin = Stopwatch.GetTimestamp();
        for (var first = 0; first < rows; first += BatchSize)
        {
            var batch = Enumerable.Range(first, Math.Min(BatchSize, rows - first))
                .Select(number => Row(number, rows, keyId, now))
                .ToList();
            await Task.WhenAll(batch.Select(row => ledger.AddAsync(row, null, CancellationToken.None)));
            await ledger.RecordPresentationsAsync(
                [.. batch.Where((_, index) => index % 3 != 0).Select(row => new TokenPresentation(
                    row.TokenId, row.IssuedAt.AddMinutes(1), "192.0.2.1", "bench", "validate"))],
                CancellationToken.None);
        }

        await SettleAsync(ledger, rows);
        Console.WriteLine($"{rows} rows in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s");
    }

    // In Redis whoever lists by status moves on what has expired since, a few thousand rows at a time. A deployment does that
    // as time passes; here a month has passed at once.
    private static async Task SettleAsync(ITokenLedger ledger, int rows)
    {
        for (var moved = 0; moved < rows; moved += BatchSize)
        {
            await ledger.ListAsync(
                new LedgerFilter { Status = TokenStatus.Expired }, TimeProvider.System.GetUtcNow(), null, 1, CancellationToken.None);
        }
    }

    private static LedgerEntry Row(int number, int rows, string keyId, DateTimeOffset now)
    {
        // Oldest first; a square makes a few subjects very busy and most of them quiet.
        var share = number * 2_654_435_761L % 1_000_003 / 1_000_003.0;
        var issuedAt = now - TimeSpan.FromDays(30) * (1 - ((double)number / rows));
        var lifetime = number % 4 == 0 ? TimeSpan.FromDays(30) : TimeSpan.FromHours(1);
        var subject = $"user-{(int)(share * share * 10_000)}";
        return new LedgerEntry
        {
            TokenId = Identifiers.NewId(),
            Kind = number % 5 == 0 ? TokenKind.Minted : TokenKind.Access,
            Subject = subject,
            Client = number % 7 == 0 ? null : $"client-{number % 200}",
            Scope = Scopes[number % Scopes.Length],
            Audience = "signet",
            KeyId = keyId,
            IssuedAt = issuedAt,
            ExpiresAt = issuedAt + lifetime,
            IssuedBy = "bench",
            Claims = $$"""{"iss":"http://localhost:8001","sub":"{{subject}}","aud":"signet","scope":"{{Scopes[number % Scopes.Length]}}"}""",
            Revoked = number % 10 == 0 ? new RevocationStamp(issuedAt.AddMinutes(30), "bench", "seeded") : null,
        };
    }
}
