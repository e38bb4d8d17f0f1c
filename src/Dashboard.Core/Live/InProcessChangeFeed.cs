using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Dashboard.Core.Live;

/// <summary>The feed of a single node.</summary>
internal sealed class InProcessChangeFeed : IChangeFeed
{
    private const int Backlog = 64;

    private readonly ConcurrentDictionary<Channel<Change>, ChangeKind> _readers = new();

    public int ReaderCount => _readers.Count;

    public void Publish(Change change)
    {
        foreach (var (channel, kind) in _readers)
        {
            if (kind == change.Kind)
            {
                channel.Writer.TryWrite(change);
            }
        }
    }

    public async IAsyncEnumerable<Change> ReadAsync(
        ChangeKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<Change>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _readers.TryAdd(channel, kind);
        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            _readers.TryRemove(channel, out _);
        }
    }
}
