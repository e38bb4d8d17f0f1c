using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Purging;

/// <summary>
/// Deletes what has outlived its retention, in small batches with pauses, so that nothing else waits for it. Of several nodes
/// only the leader does; a node that comes to lead begins where the last run is an hour old.
/// </summary>
public sealed class PurgeWorker : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<PurgeStep> _steps;
    private readonly IPurgeRunStore _runs;
    private readonly LeaderElection _election;
    private readonly TimeProvider _clock;
    private readonly ILogger<PurgeWorker> _logger;

    internal PurgeWorker(
        IEnumerable<PurgeStep> steps,
        IPurgeRunStore runs,
        LeaderElection election,
        TimeProvider clock,
        ILogger<PurgeWorker> logger) =>
        (_steps, _runs, _election, _clock, _logger) = ([.. steps], runs, election, clock, logger);

    /// <summary>The last finished run of any node; null before the first.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be read.</exception>
    public Task<PurgeRun?> FindLastRunAsync(CancellationToken cancellationToken) => _runs.FindLastAsync(cancellationToken);

    /// <summary>Everything that is deleted in time, and the setting that says when.</summary>
    public IReadOnlyList<Retention> Retentions =>
        [.. _steps.DistinctBy(step => step.What, StringComparer.Ordinal).Select(step => new Retention(step.What, step.Setting, step.Kept))];

    /// <summary>Deletes everything that is due now. Null where another node leads: nothing was done.</summary>
    /// <exception cref="TermOverException">Another node came to lead meanwhile.</exception>
    /// <exception cref="StoreUnavailableException">The store could not be written; what went before is gone.</exception>
    public async Task<PurgeRun?> RunAsync(CancellationToken cancellationToken)
    {
        if (await _election.FindTermAsync(cancellationToken) is not { } term)
        {
            return null;
        }

        var now = _clock.GetUtcNow();
        Dictionary<string, long> gone = new(StringComparer.Ordinal);
        foreach (var step in _steps)
        {
            gone[step.What] = await DrainAsync(limit => step.RunAsync(now, limit, term, cancellationToken), cancellationToken)
                + gone.GetValueOrDefault(step.What);
        }

        if (gone.Values.Sum() > 0)
        {
            _logger.Purged(string.Join(", ", gone.Select(item => $"{item.Value} {item.Key}")));
        }

        var run = new PurgeRun(now, gone);
        await _runs.SaveAsync(run, term, cancellationToken);
        return run;
    }

    /// <summary>
    /// The same for a command, behind which nothing runs: it leads as long as that takes, and leaves that to others then.
    /// </summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<PurgeRun?> RunBesideAsync(CancellationToken cancellationToken)
    {
        await _election.StartAsync(cancellationToken);
        try
        {
            return await RunAsync(cancellationToken);
        }
        finally
        {
            await _election.StopAsync(CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAgain, _clock);
        do
        {
            await RunIfDueAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RunIfDueAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await _runs.FindLastAsync(stoppingToken) is not { } last || _clock.GetUtcNow() - last.At >= Interval)
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
    }

    private async Task<long> DrainAsync(Func<int, Task<int>> purge, CancellationToken cancellationToken)
    {
        var total = 0L;
        while (await purge(BatchSize) is var count && count > 0)
        {
            total += count;
            if (count < BatchSize)
            {
                break;
            }

            await Task.Delay(Pause, _clock, cancellationToken);
        }

        return total;
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
