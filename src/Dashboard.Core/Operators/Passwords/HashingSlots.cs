using Microsoft.Extensions.Options;

namespace Dashboard.Core.Operators.Passwords;

/// <summary>Keeps hashing from taking every processor: a few at a time, a short queue, and no more.</summary>
internal sealed class HashingSlots : IDisposable
{
    private readonly SemaphoreSlim _slots;
    private readonly int _most;
    private int _inside;

    public HashingSlots(IOptions<PasswordOptions> options)
    {
        var concurrency = options.Value.Concurrency is > 0 and var chosen
            ? chosen
            : Math.Max(1, Environment.ProcessorCount - 1);
        _slots = new SemaphoreSlim(concurrency, concurrency);
        _most = concurrency + options.Value.Queue;
    }

    /// <summary>Runs the work on a slot; false where too many wait already, and then nothing was done.</summary>
    public async Task<(bool Ran, T? Result)> TryRunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) > _most)
        {
            Interlocked.Decrement(ref _inside);
            return (false, default);
        }

        try
        {
            await _slots.WaitAsync(cancellationToken);
            try
            {
                return (true, await Task.Run(work, CancellationToken.None));
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
