using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Core.Live;

/// <summary>The feed of a single node.</summary>
internal sealed class InProcessChangeFeed : IChangeFeed, IHostedService
{
    private const int Backlog = 64;

    private readonly ConcurrentDictionary<Reader, ChangeKind> _readers = new();

    public bool IsShared => false;

    public bool IsCurrent => true;

    public int ReaderCount => _readers.Count;

    public void Heed(IFollower follower)
    {
        // What this node itself changes is in its memory already.
    }

    public void Publish(Change change)
    {
        foreach (var (reader, kind) in _readers)
        {
            if (kind == change.Kind)
            {
                reader.Changes.Writer.TryWrite(change);
            }
        }
    }

    public Task TellAsync(params IReadOnlyList<Change> changes)
    {
        foreach (var change in changes)
        {
            Publish(change);
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<Change> ReadAsync(
        ChangeKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new Reader();
        _readers.TryAdd(reader, kind);
        try
        {
            await foreach (var change in reader.Changes.Reader.ReadAllAsync(cancellationToken))
            {
                if (Interlocked.Exchange(ref reader.HasLost, false))
                {
                    yield return new Change(kind, null, IsFromElsewhere: true);
                }

                yield return change;
            }
        }
        finally
        {
            _readers.TryRemove(reader, out _);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private sealed class Reader
    {
        public bool HasLost;

        public Reader() => Changes = Channel.CreateBounded<Change>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Volatile.Write(ref HasLost, true));

        public Channel<Change> Changes { get; }
    }
}
