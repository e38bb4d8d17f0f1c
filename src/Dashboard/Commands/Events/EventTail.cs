using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Failures;

namespace Dashboard.Commands.Events;

/// <summary>Prints the newest events, the oldest of them first, and then each that comes: one a line.</summary>
internal sealed class EventTail(CommandRun run, EventLog events, ClaimMask mask, EventFilter filter)
{
    public const int MostAtOnce = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private long _last;
    private bool _isAway;

    /// <summary>Prints the newest.</summary>
    public async Task<int> PrintNewestAsync(int lines, CancellationToken cancellationToken)
    {
        var newest = (await events.ListAsync(filter, null, Math.Max(lines, 1), cancellationToken)).Items;
        _last = newest is [var first, ..] ? first.Number : 0;
        Print(newest.Take(lines));
        return ExitCodes.Done;
    }

    /// <summary>Prints the newest, and goes on until it is cancelled, which is its good end.</summary>
    public async Task<int> FollowAsync(int lines, IChangeFeed feed, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            // Listened for before the newest are read: nothing falls between.
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await using var changes = feed.ReadAsync(ChangeKind.Events, ending.Token).GetAsyncEnumerator(ending.Token);
            var next = changes.MoveNextAsync().AsTask();
            try
            {
                await PrintNewestAsync(lines, cancellationToken);
                while (await next)
                {
                    while (!await TryPrintNewAsync(cancellationToken))
                    {
                        await Task.Delay(TryAgain, clock, cancellationToken);
                    }

                    // What comes in bursts is read together.
                    await Task.Delay(Pause, clock, cancellationToken);
                    next = changes.MoveNextAsync().AsTask();
                }
            }
            finally
            {
                // What still waits for news cannot be let go of, and would hide why this ends.
                await ending.CancelAsync();
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Somebody has seen enough.
        }

        return ExitCodes.Done;
    }

    private async Task<bool> TryPrintNewAsync(CancellationToken cancellationToken)
    {
        try
        {
            Print(await ReadNewAsync(cancellationToken));
            _isAway = false;
            return true;
        }
        catch (StoreUnavailableException exception)
        {
            if (!_isAway)
            {
                await run.Console.Error.WriteLineAsync($"{exception.Message} Trying again.");
            }

            _isAway = true;
            return false;
        }
    }

    private async Task<IReadOnlyList<SecurityEvent>> ReadNewAsync(CancellationToken cancellationToken)
    {
        List<SecurityEvent> fresh = [];
        string? cursor = null;
        do
        {
            var page = await events.ListAsync(filter, cursor, MostAtOnce, cancellationToken);
            fresh.AddRange(page.Items.TakeWhile(item => item.Number > _last));
            cursor = page.Items is [.., { Number: var oldest }] && oldest > _last ? page.NextCursor : null;
        }
        while (cursor is not null);

        _last = fresh is [var newest, ..] ? newest.Number : _last;
        return fresh;
    }

    private void Print(IEnumerable<SecurityEvent> newestFirst)
    {
        foreach (var item in newestFirst.Reverse())
        {
            run.Console.Out.WriteLine(run.IsJson
                ? JsonSerializer.Serialize(FailureJson.Of(item, null, mask), Json.Options)
                : LineOf(item));
        }
    }

    private static string LineOf(SecurityEvent item)
    {
        string?[] parts =
        [
            CommandText.Time(item.At),
            item.Kind,
            item.Outcome.ToString().ToLowerInvariant(),
            item.Code,
            Named("client", item.Client),
            Named("subject", item.Subject),
            Named("address", item.Origin.Ip),
            item.Origin.RequestId,
            item.Detail,
        ];
        return string.Join("  ", parts.Where(part => !string.IsNullOrEmpty(part)).Select(CommandText.Plain));
    }

    private static string? Named(string name, string? value) => value is null ? null : $"{name}={value}";
}
