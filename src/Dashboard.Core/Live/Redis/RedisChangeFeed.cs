using System.Globalization;
using System.Threading.Channels;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Dashboard.Core.Live.Redis;

/// <summary>
/// The feed of several nodes: readers here hear of a change at once, those on other nodes by Redis' publish and subscribe.
/// Messages are numbered, and every node compares the newest number each second: whoever missed one tells its readers that
/// everything may have changed.
/// </summary>
internal sealed class RedisChangeFeed(
    RedisDatabase database, InProcessChangeFeed local, TimeProvider clock, ILogger<RedisChangeFeed> logger)
    : BackgroundService, IChangeFeed
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const string Send = """
        local number = 0
        for index = 2, #ARGV do
            number = redis.call('INCR', KEYS[1])
            redis.call('PUBLISH', ARGV[1], number .. '|' .. ARGV[index])
        end
        return number
        """;

    private readonly string _node = Identifiers.NewId();
    private readonly HeardNumbers _heard = new();
    private readonly Channel<Change> _outgoing =
        Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });

    public bool IsShared => true;

    public int ReaderCount => local.ReaderCount;

    private string ChannelName => database.Keys.Feed.ToString();

    public void Publish(Change change)
    {
        local.Publish(change);
        _outgoing.Writer.TryWrite(change);
    }

    public IAsyncEnumerable<Change> ReadAsync(ChangeKind kind, CancellationToken cancellationToken) =>
        local.ReadAsync(kind, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.Subscriber.SubscribeAsync(ChannelName, (_, message) => Hear(message.ToString()));
        try
        {
            await Task.WhenAll(SendAsync(stoppingToken), CompareAsync(stoppingToken));
        }
        finally
        {
            await database.Subscriber.UnsubscribeAsync(ChannelName);
        }
    }

    private void Hear(string message)
    {
        if (message.Split('|', 4) is not [var number, var node, var kind, var id]
            || !long.TryParse(number, CultureInfo.InvariantCulture, out var value))
        {
            return;
        }

        if (_heard.Take(value))
        {
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
                await Task.Delay(Pause, clock, stoppingToken);
            }

            batch.Clear();
        }
    }

    private async Task<bool> TrySendAsync(List<Change> batch, CancellationToken stoppingToken)
    {
        try
        {
            await database.EvaluateAsync(
                Send,
                [database.Keys.Feed],
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
        var wasAway = false;
        while (true)
        {
            try
            {
                var newest = (long)await database.RunAsync(redis => redis.StringGetAsync(database.Keys.Feed), stoppingToken);
                if (_heard.Compare(newest) || wasAway)
                {
                    TellEverything();
                }

                wasAway = false;
            }
            catch (StoreUnavailableException)
            {
                wasAway = true;
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private void TellEverything()
    {
        logger.NewsMissed();
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            local.Publish(new Change(kind, null, IsFromElsewhere: true));
        }
    }
}
