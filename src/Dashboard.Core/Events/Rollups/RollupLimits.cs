namespace Dashboard.Core.Events.Rollups;

/// <summary>
/// Spreads a refusal over the counters that it belongs to. In each step of time only so many values are told apart; later
/// ones are counted together. For one caller at a time.
/// </summary>
internal sealed class RollupLimits
{
    private readonly Dictionary<(RollupGrain Grain, RollupFacet Facet), Seen> _seen = [];

    /// <summary>How many values of one facet are told apart in one step.</summary>
    public static int MostOf(RollupGrain grain, RollupFacet facet) => (grain, facet) switch
    {
        (RollupGrain.Minute, _) => 200,
        (_, RollupFacet.All) => 300,
        (RollupGrain.Hour, _) => 500,
        _ => 1_000,
    };

    /// <summary>The counters of all grains and facets.</summary>
    public IEnumerable<RollupCell> CellsOf(DateTimeOffset at, string code, RefusalValues values)
    {
        foreach (var grain in Enum.GetValues<RollupGrain>())
        {
            var step = RollupSteps.Begin(grain, at);
            foreach (var facet in Enum.GetValues<RollupFacet>())
            {
                var value = values[facet];
                if (value is not "" || facet is RollupFacet.Total)
                {
                    yield return new RollupCell(grain, facet, Limit(grain, facet, step, values), step, code);
                }
            }
        }
    }

    private string Limit(RollupGrain grain, RollupFacet facet, long step, RefusalValues values)
    {
        var value = values[facet];
        if (facet is RollupFacet.Total || IsTold(grain, facet, step, value))
        {
            return value;
        }

        if (facet is not RollupFacet.All)
        {
            return RefusalShare.Others;
        }

        // Clients and endpoints are few as a rule, and worth more than who exactly it was.
        var coarse = values with { Address = RefusalShare.Others, Subject = RefusalShare.Others };
        return IsTold(grain, facet, step, coarse.Key, more: MostOf(grain, facet) / 2)
            ? coarse.Key
            : new RefusalValues(RefusalShare.Others, RefusalShare.Others, RefusalShare.Others, RefusalShare.Others).Key;
    }

    private bool IsTold(RollupGrain grain, RollupFacet facet, long step, string value, int more = 0)
    {
        if (!_seen.TryGetValue((grain, facet), out var seen) || seen.Step != step)
        {
            _seen[(grain, facet)] = seen = new Seen(step, new HashSet<string>(StringComparer.Ordinal));
        }

        return seen.Values.Contains(value) || (seen.Values.Count < MostOf(grain, facet) + more && seen.Values.Add(value));
    }

    private sealed record Seen(long Step, HashSet<string> Values);
}
