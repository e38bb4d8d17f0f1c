using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Dashboard.Core.Live.Redis;

/// <summary>
/// The feed of several nodes: readers here hear of a change at once, those on other nodes by Redis' publish and subscribe.
/// Messages are numbered, and every node compares the newest number each second: whoever missed one tells its readers that
/// everything may have changed. A node that could not compare for some seconds, or whose readers cannot take in what they
/// heard of, does not count as current. All this goes by the system's clock: it has nothing to do with what time we say it is.
/// </summary>
internal sealed class RedisChangeFeed(
    RedisDatabase database, InProcessChangeFeed local, IOptions<StorageOptions> options, ILogger<RedisChangeFeed> logger)
    : BackgroundService, IChangeFeed
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const string Send = """
        local changes = redis.call('HGET', KEYS[2], 'number') or '0'
        for index = 2, #ARGV do
            redis.call('PUBLISH', ARGV[1], redis.call('INCR', KEYS[1]) .. '|' .. changes .. '|' .. ARGV[index])
        end
        """;

    private readonly TimeSpan _longestSilence = options.Value.LongestSilence;
    private readonly string _node = Identifiers.NewId();
    private readonly HeardNumbers _heard = new();
    private readonly Channel<Change> _outgoing =
        Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });

    private readonly ConcurrentBag<IFollower> _followers = [];
    private Task _sending = Task.CompletedTask;

    // Until when this node has certainly heard of everything; a feed that was not started promises nothing and forbids nothing.
    private long _heardUntil = long.MaxValue;

    public bool IsShared => true;

    public bool IsCurrent
    {
        get
        {
            var until = Volatile.Read(ref _heardUntil);
            return until == long.MaxValue || TimeProvider.System.GetElapsedTime(until) < _longestSilence;
        }
    }

    public int ReaderCount => local.ReaderCount;

    private string ChannelName => database.Keys.Feed.ToString();

    public void Heed(IFollower follower) => _followers.Add(follower);

    public void Publish(Change change)
    {
        local.Publish(change);
        _outgoing.Writer.TryWrite(change);
    }

    public async Task TellAsync(params IReadOnlyList<Change> changes)
    {
        var isTold = await TrySendAsync(changes, CancellationToken.None);
        foreach (var change in changes)
        {
            local.Publish(change);
            if (!isTold)
            {
                _outgoing.Writer.TryWrite(change);
            }
        }
    }

    public IAsyncEnumerable<Change> ReadAsync(ChangeKind kind, CancellationToken cancellationToken) =>
        local.ReadAsync(kind, cancellationToken);

    /// <summary>Tells what is still to be told first, where Redis answers: a command ends right after its change.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _outgoing.Writer.TryComplete();
        await _sending.WaitAsync(Patience, TimeProvider.System, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Volatile.Write(ref _heardUntil, TimeProvider.System.GetTimestamp());
        _sending = SendAsync(stoppingToken);
        await Task.WhenAll(SubscribeAsync(stoppingToken), _sending, CompareAsync(stoppingToken));
    }

    // Once for all: the client subscribes again by itself after each reconnect.
    private async Task SubscribeAsync(CancellationToken stoppingToken)
    {
        while (!await database.TrySubscribeAsync(ChannelName, Hear, stoppingToken))
        {
            await Task.Delay(Pause, TimeProvider.System, stoppingToken);
        }
    }

    private void Hear(string message)
    {
        if (message.Split('|', 5) is not [var number, var changes, var node, var kind, var id]
            || !long.TryParse(number, CultureInfo.InvariantCulture, out var value)
            || !long.TryParse(changes, CultureInfo.InvariantCulture, out var newest))
        {
            return;
        }

        database.Witness(newest);

        if (_heard.Take(value))
        {
            logger.NewsMissed();
            TellEverything();
        }

        if (node != _node && Enum.TryParse<ChangeKind>(kind, out var known))
        {
            local.Publish(new Change(known, id is "" ? null : id, IsFromElsewhere: true));
        }
    }

    private async Task SendAsync(CancellationToken stoppingToken)
    {
        List<Change> batch = [];
        while (await _outgoing.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < MostAtOnce && _outgoing.Reader.TryRead(out var change))
            {
                batch.Add(change);
            }

            while (!await TrySendAsync(batch, stoppingToken))
            {
                // What else changed meanwhile is told in as few words: many of this kind.
                while (_outgoing.Reader.TryRead(out var change))
                {
                    batch.Add(change);
                }

                batch = [.. batch.Select(change => change.Kind).Distinct().Select(kind => new Change(kind, null))];
                await Task.Delay(Pause, TimeProvider.System, stoppingToken);
            }

            batch.Clear();
        }
    }

    private async Task<bool> TrySendAsync(IReadOnlyList<Change> batch, CancellationToken stoppingToken)
    {
        try
        {
            await database.EvaluateAsync(
                Send,
                [database.Keys.Feed, database.Keys.AuditHead],
                [ChannelName, .. batch.Select(change => (RedisValue)$"{_node}|{change.Kind}|{change.Id}")],
                stoppingToken);
            return true;
        }
        catch (StoreUnavailableException exception)
        {
            logger.NewsDelayed(exception);
            return false;
        }
    }

    private async Task CompareAsync(CancellationToken stoppingToken)
    {
        // As good as away before it listened: what readers read at their start may be older than the first number compared.
        var wasAway = true;
        var isFirst = true;
        while (true)
        {
            var began = TimeProvider.System.GetTimestamp();
            try
            {
                var newest = (long)await database.RunAsync(redis => redis.StringGetAsync(database.Keys.Feed), stoppingToken);
                await database.VerifyAsync(stoppingToken);
                if (_heard.Compare(newest) || wasAway)
                {
                    if (!isFirst)
                    {
                        logger.NewsMissed();
                    }

                    TellEverything();
                }
                else
                {
                    Volatile.Write(ref _heardUntil, _followers.Select(follower => follower.BehindSince ?? began).Append(began).Min());
                }

                (wasAway, isFirst) = (false, false);
            }
            catch (StoreUnavailableException)
            {
                wasAway = true;
            }

            await Task.Delay(Pause, TimeProvider.System, stoppingToken);
        }
    }

    private void TellEverything()
    {
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            local.Publish(new Change(kind, null, IsFromElsewhere: true));
        }
    }
}
