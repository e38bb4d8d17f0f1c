using Dashboard.Core.Primitives;

namespace Dashboard.Core.Storage.Purging;

/// <summary>Purges for a command, at once: by itself where no node leads, or else by the node that does, which it waits for.</summary>
public sealed class PurgeNow
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookForLeader = TimeSpan.FromSeconds(5);

    private readonly PurgeWorker _worker;
    private readonly PurgeRequests _requests;
    private readonly TimeProvider _clock;

    internal PurgeNow(PurgeWorker worker, PurgeRequests requests, TimeProvider clock) =>
        (_worker, _requests, _clock) = (worker, requests, clock);

    /// <summary>How long the node that leads may take. What it has not done by then it goes on with.</summary>
    internal static TimeSpan Patience { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Does it; null where the node that leads is not done in time.</summary>
    /// <exception cref="StoreUnavailableException">The store failed; what went before is gone.</exception>
    public async Task<PurgeRun?> RunAsync(IProgress<PurgeProgress>? progress, CancellationToken cancellationToken)
    {
        if (await TryAsync(progress, cancellationToken) is { } alone)
        {
            return alone;
        }

        var request = await _requests.MakeAsync(cancellationToken);
        var began = _clock.GetTimestamp();
        var looked = began;
        while (_clock.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(Pause, _clock, cancellationToken);
            if (await _requests.FindAsync(cancellationToken) != request)
            {
                return await _worker.FindLastRunAsync(cancellationToken);
            }

            progress?.Report(new PurgeProgress(null, 0));
            if (_clock.GetElapsedTime(looked) < LookForLeader)
            {
                continue;
            }

            looked = _clock.GetTimestamp();
            if (await TryAsync(progress, cancellationToken) is { } after)
            {
                return after;
            }
        }

        return null;
    }

    // Null where another node leads, or came to meanwhile.
    private async Task<PurgeRun?> TryAsync(IProgress<PurgeProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await _worker.RunBesideAsync(progress, cancellationToken);
        }
        catch (TermOverException)
        {
            return null;
        }
    }
}

/// <summary>How far a purge has come.</summary>
/// <param name="What">What it deletes, in the plural; null while another node does.</param>
/// <param name="Done">How many are gone.</param>
public readonly record struct PurgeProgress(string? What, long Done);
