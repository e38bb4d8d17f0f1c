using System.Collections.Concurrent;

namespace Dashboard.Core.Keys.Material;

/// <summary>Lends platform key objects, which are not promised to be safe for concurrent use, one caller at a time.</summary>
internal sealed class Pool<T>(Func<T> create)
    where T : class
{
    private readonly ConcurrentBag<T> _idle = [];

    public Lease Rent() => new(this, _idle.TryTake(out var item) ? item : create());

    public readonly struct Lease(Pool<T> pool, T item) : IDisposable
    {
        public T Item => item;

        public void Dispose() => pool._idle.Add(item);
    }
}
