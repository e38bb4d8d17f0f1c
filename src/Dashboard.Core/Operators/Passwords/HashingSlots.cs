using Microsoft.Extensions.Options;

namespace Dashboard.Core.Operators.Passwords;

/// <summary>Whose password is hashed.</summary>
internal enum HashingLane
{
    /// <summary>Devices that nobody has logged in from.</summary>
    Strangers,

    /// <summary>Known devices and those who are signed in: however many strangers guess, there is a slot for them.</summary>
    Known,
}

/// <summary>Keeps hashing from taking every processor: a few at a time, a short queue, and no more.</summary>
internal sealed class HashingSlots : IDisposable
{
    private readonly Lane _strangers;
    private readonly Lane _known;

    public HashingSlots(IOptions<PasswordOptions> options)
    {
        var concurrency = options.Value.Concurrency is > 0 and var chosen
            ? chosen
            : Math.Max(1, Environment.ProcessorCount - 1);
        _strangers = new Lane(concurrency, options.Value.Queue);
        _known = new Lane(1, options.Value.Queue);
    }

    /// <summary>True where <see cref="TryRunAsync"/> would do nothing at this moment.</summary>
    public bool IsFull(HashingLane lane) => Of(lane).IsFull;

    /// <summary>Runs the work on a slot; false where too many wait already, and then nothing was done.</summary>
    public Task<(bool Ran, T? Result)> TryRunAsync<T>(HashingLane lane, Func<T> work, CancellationToken cancellationToken) =>
        Of(lane).TryRunAsync(work, cancellationToken);

    public void Dispose()
    {
        _strangers.Dispose();
        _known.Dispose();
    }

    private Lane Of(HashingLane lane) => lane is HashingLane.Known ? _known : _strangers;

    private sealed class Lane(int concurrency, int queue) : IDisposable
    {
        private readonly SemaphoreSlim _slots = new(concurrency, concurrency);
        private int _inside;

        public bool IsFull => Volatile.Read(ref _inside) >= concurrency + queue;

        public async Task<(bool Ran, T? Result)> TryRunAsync<T>(Func<T> work, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _inside) > concurrency + queue)
            {
                Interlocked.Decrement(ref _inside);
                return (false, default);
            }

            try
            {
                await _slots.WaitAsync(cancellationToken);
                try
                {
                    // On a thread of its own: the pool has one for each processor, and every other request needs those.
                    return (true, await Task.Factory.StartNew(
                        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
                }
                finally
                {
                    _slots.Release();
                }
            }
            finally
            {
                Interlocked.Decrement(ref _inside);
            }
        }

        public void Dispose() => _slots.Dispose();
    }
}
