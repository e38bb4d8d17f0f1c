namespace Dashboard.Core.Events.Rollups;

/// <summary>Sums counters up to who had most.</summary>
internal sealed class RefusalShares(RefusalDimension dimension, RollupFacet facet)
{
    private readonly Dictionary<string, Dictionary<string, long>> _counts = new(StringComparer.Ordinal);

    /// <summary>The facet whose counters are to be added.</summary>
    public RollupFacet Facet => facet;

    /// <summary>Adds one counter, by the value of <see cref="Facet"/>.</summary>
    public void Add(string value, string code, long count)
    {
        var name = facet is RollupFacet.All ? RollupRead.ValueOf(dimension, value) : value;
        if (name is "")
        {
            return;
        }

        if (!_counts.TryGetValue(name, out var codes))
        {
            _counts[name] = codes = new Dictionary<string, long>(StringComparer.Ordinal);
        }

        codes[code] = codes.GetValueOrDefault(code) + count;
    }

    /// <summary>Those that had most, most first.</summary>
    public IReadOnlyList<RefusalShare> Top(int limit) =>
    [
        .. _counts
            .Select(item => new RefusalShare(
                item.Key, item.Value.Values.Sum(), item.Value.OrderByDescending(code => code.Value).ThenBy(code => code.Key, StringComparer.Ordinal).First().Key))
            .OrderByDescending(share => share.Count)
            .ThenBy(share => share.Value, StringComparer.Ordinal)
            .Take(limit),
    ];
}
