namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>A small linear congruential generator: test data that looks random and is the same in every run.</summary>
internal sealed class Lcg(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to, but not including, a limit.</summary>
    public int Next(int limit)
    {
        _state = unchecked((_state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
        return (int)((_state >> 33) % (ulong)limit);
    }

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>True once in so many times, on average.</summary>
    public bool OneIn(int times) => Next(times) == 0;
}
