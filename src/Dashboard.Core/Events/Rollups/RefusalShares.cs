namespace Dashboard.Core.Events.Rollups;

/// <summary>Sums the counters of one facet up to who had most, by each dimension that it answers.</summary>
internal sealed class RefusalShares
{
    private readonly IReadOnlyList<(RefusalDimension Dimension, Dictionary<string, Dictionary<string, long>> Counts)> _sums;

    private RefusalShares(RollupFacet facet, IEnumerable<RefusalDimension> dimensions)
    {
        Facet = facet;
        _sums = [.. dimensions.Select(dimension => (dimension, new Dictionary<string, Dictionary<string, long>>(StringComparer.Ordinal)))];
    }

    /// <summary>The facet whose counters are to be added.</summary>
    public RollupFacet Facet { get; }

    /// <summary>For each facet that is to be read: dimensions that the same counters answer are one.</summary>
    public static IReadOnlyList<RefusalShares> Of(IEnumerable<RefusalDimension> dimensions, RefusalFilter filter) =>
    [
        .. dimensions.Distinct().GroupBy(dimension => RollupRead.FacetOf(dimension, filter))
            .Select(facet => new RefusalShares(facet.Key, facet)),
    ];

    /// <summary>Adds one counter, by the value of <see cref="Facet"/>.</summary>
    public void Add(string value, string code, long count)
    {
        foreach (var (dimension, counts) in _sums)
        {
            var name = Facet is RollupFacet.All ? RollupRead.ValueOf(dimension, value) : value;
            if (name is "")
            {
                continue;
            }

            if (!counts.TryGetValue(name, out var codes))
            {
                counts[name] = codes = new Dictionary<string, long>(StringComparer.Ordinal);
            }

            codes[code] = codes.GetValueOrDefault(code) + count;
        }
    }

    /// <summary>Those that had most, most first, by dimension.</summary>
    public IEnumerable<KeyValuePair<RefusalDimension, IReadOnlyList<RefusalShare>>> Tops(int limit) =>
        _sums.Select(sum => KeyValuePair.Create(sum.Dimension, Top(sum.Counts, limit)));

    private static IReadOnlyList<RefusalShare> Top(Dictionary<string, Dictionary<string, long>> counts, int limit) =>
    [
        .. counts
            .Select(item => new RefusalShare(
                item.Key, item.Value.Values.Sum(), item.Value.OrderByDescending(code => code.Value).ThenBy(code => code.Key, StringComparer.Ordinal).First().Key))
            .OrderByDescending(share => share.Count)
            .ThenBy(share => share.Value, StringComparer.Ordinal)
            .Take(limit),
    ];
}
