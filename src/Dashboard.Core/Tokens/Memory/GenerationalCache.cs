using System.Collections.Concurrent;

namespace Dashboard.Core.Tokens.Memory;

/// <summary>
/// A bounded cache without locks on the way in: what is used stays in the young generation; when that is full it becomes
/// the old one, and what nobody asked for since is forgotten. Holds at most twice <paramref name="generationSize"/>.
/// </summary>
internal sealed class GenerationalCache<TKey, TValue>(int generationSize)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _turning = new();
    private ConcurrentDictionary<TKey, TValue> _young = new();
    private ConcurrentDictionary<TKey, TValue> _old = new();
    private int _youngCount;

    public TValue? Find(TKey key)
    {
        if (Volatile.Read(ref _young).TryGetValue(key, out var value))
        {
            return value;
        }

        if (!Volatile.Read(ref _old).TryGetValue(key, out value))
        {
            return null;
        }

        Add(key, value);
        return value;
    }

    public void Add(TKey key, TValue value)
    {
        // Counting a dictionary locks it whole, so the additions are counted instead.
        if (Volatile.Read(ref _young).TryAdd(key, value) && Interlocked.Increment(ref _youngCount) >= generationSize)
        {
            Turn();
        }
    }

    private void Turn()
    {
        lock (_turning)
        {
            if (Volatile.Read(ref _youngCount) < generationSize)
            {
                return;
            }

            Volatile.Write(ref _old, _young);
            Volatile.Write(ref _young, new ConcurrentDictionary<TKey, TValue>());
            Volatile.Write(ref _youngCount, 0);
        }
    }
}
