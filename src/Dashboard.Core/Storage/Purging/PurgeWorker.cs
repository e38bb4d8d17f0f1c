using System.Runtime.CompilerServices;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Purging;

/// <summary>
/// Deletes what has outlived its retention, in small batches with pauses, so that nothing else waits for it. Of several nodes
/// only the leader does; a node that comes to lead begins where the last run is an hour old, or where somebody asked for one.
/// </summary>
public sealed class PurgeWorker : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<PurgeStep> _steps;
    private readonly IPurgeRunStore _runs;
    private readonly PurgeRequests _requests;
    private readonly LeaderElection _election;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;
    private readonly ILogger<PurgeWorker> _logger;
    private readonly SemaphoreSlim _running = new(1, 1);

    internal PurgeWorker(
        IEnumerable<PurgeStep> steps,
        IPurgeRunStore runs,
        PurgeRequests requests,
        LeaderElection election,
        IChangeFeed feed,
        TimeProvider clock,
        ILogger<PurgeWorker> logger) =>
        (_steps, _runs, _requests, _election, _feed, _clock, _logger) = ([.. steps], runs, requests, election, feed, clock, logger);

    /// <summary>The last finished run of any node; null before the first.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be read.</exception>
    public Task<PurgeRun?> FindLastRunAsync(CancellationToken cancellationToken) => _runs.FindLastAsync(cancellationToken);

    /// <summary>Everything that is deleted in time, and the setting that says when.</summary>
    public IReadOnlyList<Retention> Retentions =>
        [.. _steps.DistinctBy(step => step.What, StringComparer.Ordinal).Select(step => new Retention(step.What, step.Setting, step.Kept))];

    /// <summary>Deletes everything that is due now. Null where another node leads: nothing was done.</summary>
    /// <exception cref="TermOverException">Another node came to lead meanwhile.</exception>
    /// <exception cref="StoreUnavailableException">The store could not be written; what went before is gone.</exception>
    public Task<PurgeRun?> RunAsync(CancellationToken cancellationToken) => RunAsync(null, cancellationToken);

    /// <summary>
    /// The same for a command, behind which nothing runs: it leads as long as that takes, and leaves that to others then.
    /// </summary>
    /// <inheritdoc cref="RunAsync(CancellationToken)"/>
    public async Task<PurgeRun?> RunBesideAsync(IProgress<PurgeProgress>? progress, CancellationToken cancellationToken)
    {
        await _election.StartAsync(cancellationToken);
        try
        {
            return await RunAsync(progress, cancellationToken);
        }
        finally
        {
            await _election.StopAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _running.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(LookAsync(stoppingToken), HearAsync(stoppingToken));

    private async Task<PurgeRun?> RunAsync(IProgress<PurgeProgress>? progress, CancellationToken cancellationToken)
    {
        if (await _election.FindTermAsync(cancellationToken) is not { } term)
        {
            return null;
        }

        var request = await _requests.FindAsync(cancellationToken);
        var now = _clock.GetUtcNow();
        Dictionary<string, long> gone = new(StringComparer.Ordinal);
        foreach (var step in _steps)
        {
            gone.TryAdd(step.What, 0);
            await foreach (var count in DrainAsync(limit => step.RunAsync(now, limit, term, cancellationToken), cancellationToken))
            {
                gone[step.What] += count;
                progress?.Report(new PurgeProgress(step.What, gone[step.What]));
            }
        }

        if (gone.Values.Sum() > 0)
        {
            _logger.Purged(string.Join(", ", gone.Select(item => $"{item.Value} {item.Key}")));
        }

        var run = new PurgeRun(now, gone);
        await _runs.SaveAsync(run, term, cancellationToken);
        if (request is not null)
        {
            await _requests.EndAsync(cancellationToken);
        }

        return run;
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAgain, _clock);
        do
        {
            await RunIfDueAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task HearAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _feed.ReadAsync(ChangeKind.Purges, stoppingToken))
        {
            await RunIfDueAsync(stoppingToken);
        }
    }

    private async Task RunIfDueAsync(CancellationToken stoppingToken)
    {
        // What is due and what was asked for is one run.
        await _running.WaitAsync(stoppingToken);
        try
        {
            if (await _runs.FindLastAsync(stoppingToken) is not { } last
                || _clock.GetUtcNow() - last.At >= Interval
                || await _requests.FindAsync(stoppingToken) is not null)
            {
                await RunAsync(stoppingToken);
            }
        }
        catch (StoreUnavailableException exception)
        {
            _logger.PurgeDelayed(exception);
        }
        catch (TermOverException)
        {
            _logger.PurgeLeft();
        }
        finally
        {
            _running.Release();
        }
    }

    // How many went, batch by batch.
    private async IAsyncEnumerable<int> DrainAsync(
        Func<int, Task<int>> purge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await purge(BatchSize) is var count && count > 0)
        {
            yield return count;
            if (count < BatchSize)
            {
                break;
            }

            await Task.Delay(Pause, _clock, cancellationToken);
        }
    }
}

/// <summary>One thing that outlives its use. Every feature registers its own.</summary>
/// <param name="What">What is deleted, in the plural.</param>
/// <param name="RunAsync">As leader, deletes up to so many of those that are due at a time; returns how many went.</param>
internal sealed record PurgeStep(string What, Func<DateTimeOffset, int, Term, CancellationToken, Task<int>> RunAsync)
{
    /// <summary>The setting that says how long they are kept; null for what is of no use to anybody any more, which goes soon.</summary>
    public string? Setting { get; init; }

    /// <summary>How long, in words, where no setting says it and it is worth saying.</summary>
    public string? Kept { get; init; }
}

/// <summary>Something that is deleted in time.</summary>
/// <param name="What">What, in the plural.</param>
/// <param name="Setting">The setting that says when; null where it goes soon after it is of no use any more.</param>
/// <param name="Kept">How long, in words, where no setting says it; null where it is not worth saying.</param>
public sealed record Retention(string What, string? Setting, string? Kept);
