using System.Threading.Channels;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Live;

/// <summary>
/// Keeps something in memory true to a store that other nodes change too: after every change that is heard of and, where
/// news can be lost, at start and every so often. What cannot be read is tried again until it can.
/// </summary>
internal abstract class Follower(ChangeKind kind, IChangeFeed feed, TimeProvider clock, ILogger logger)
    : BackgroundService, IFollower
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(500);

    private readonly Channel<Pending> _pending =
        Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });

    private Pending? _current;

    public long? BehindSince => Volatile.Read(ref _current)?.Since;

    protected TimeProvider Clock => clock;

    /// <summary>True where everything is read at start and every so often, whether or not something changed.</summary>
    protected virtual bool ReadsAgain => feed.IsShared;

    /// <summary>Reads what changed; everything where the change has no id.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    protected abstract Task FollowAsync(Change change, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.Heed(this);
        var sources = Task.WhenAll(HearAsync(stoppingToken), RemindAsync(stoppingToken));
        await foreach (var pending in _pending.Reader.ReadAllAsync(stoppingToken))
        {
            Volatile.Write(ref _current, pending);
            var next = pending.Change;
            while (!await TryFollowAsync(next, stoppingToken))
            {
                await Task.Delay(TryAgain, clock, stoppingToken);
                next = Everything;
            }

            Volatile.Write(ref _current, null);
        }

        await sources;
    }

    private Change Everything => new(kind, null, IsFromElsewhere: true);

    private async Task HearAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in feed.ReadAsync(kind, stoppingToken))
        {
            Add(change);
        }
    }

    private async Task RemindAsync(CancellationToken stoppingToken)
    {
        while (ReadsAgain)
        {
            Add(Everything);
            await Task.Delay(ReadAgain, clock, stoppingToken);
        }
    }

    // The system's clock: how late this is has nothing to do with what time we say it is.
    private void Add(Change change) => _pending.Writer.TryWrite(new Pending(change, TimeProvider.System.GetTimestamp()));

    private async Task<bool> TryFollowAsync(Change change, CancellationToken stoppingToken)
    {
        if (change.Id is null)
        {
            // Reading everything covers whatever else was heard of before it begins.
            while (_pending.Reader.TryRead(out _))
            {
            }
        }

        try
        {
            await FollowAsync(change, stoppingToken);
            return true;
        }
        catch (StoreUnavailableException exception)
        {
            logger.NotFollowed(exception, kind);
            return false;
        }
    }

    private sealed record Pending(Change Change, long Since);
}
