using System.Threading.Channels;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Live;

/// <summary>
/// Keeps something in memory true to a store that other nodes change too: after every change that is heard of and, where
/// news can be lost, at start and every so often. What cannot be read is tried again until it can.
/// </summary>
internal abstract class Follower(ChangeKind kind, IChangeFeed feed, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(500);

    private readonly Channel<Change> _pending =
        Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });

    protected TimeProvider Clock => clock;

    /// <summary>Reads what changed; everything where the change has no id.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    protected abstract Task FollowAsync(Change change, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sources = Task.WhenAll(HearAsync(stoppingToken), RemindAsync(stoppingToken));
        await foreach (var change in _pending.Reader.ReadAllAsync(stoppingToken))
        {
            var next = change;
            while (!await TryFollowAsync(next, stoppingToken))
            {
                await Task.Delay(TryAgain, clock, stoppingToken);
                next = Everything;
            }
        }

        await sources;
    }

    private Change Everything => new(kind, null, IsFromElsewhere: true);

    private async Task HearAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in feed.ReadAsync(kind, stoppingToken))
        {
            _pending.Writer.TryWrite(change);
        }
    }

    private async Task RemindAsync(CancellationToken stoppingToken)
    {
        while (feed.IsShared)
        {
            _pending.Writer.TryWrite(Everything);
            await Task.Delay(ReadAgain, clock, stoppingToken);
        }
    }

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
}
