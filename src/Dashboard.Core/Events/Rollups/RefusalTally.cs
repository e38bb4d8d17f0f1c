namespace Dashboard.Core.Events.Rollups;

/// <summary>
/// Counts refusals in memory until they are written. Counting takes no more than one look into a dictionary, whatever else
/// becomes of the event. How much is told apart is bounded: whoever sends ten thousand different names fills neither the
/// memory nor the store.
/// </summary>
internal sealed class RefusalTally
{
    internal const int MostAtOnce = 5_000;

    private readonly Lock _gate = new();
    private readonly RollupLimits _limits = new();
    private Dictionary<(long Minute, string Code, RefusalValues Values), long> _counts = [];

    /// <summary>Counts one refusal, now in memory and with the next batch in the store.</summary>
    public void Add(SecurityEvent refused)
    {
        var minute = RollupSteps.Begin(RollupGrain.Minute, refused.At);
        var (code, values) = (RefusalValues.Clean(refused.Code), RefusalValues.Of(refused));
        lock (_gate)
        {
            var key = (minute, code, values);
            if (_counts.Count >= MostAtOnce && !_counts.ContainsKey(key))
            {
                key = (minute, code, values with { Address = RefusalShare.Others, Subject = RefusalShare.Others });
            }

            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>What was counted since the last time, as counters to be added to those in the store.</summary>
    public IReadOnlyDictionary<RollupCell, long> Take()
    {
        Dictionary<(long Minute, string Code, RefusalValues Values), long> counts;
        lock (_gate)
        {
            counts = _counts;
            _counts = [];
        }

        Dictionary<RollupCell, long> cells = [];
        foreach (var ((minute, code, values), count) in counts)
        {
            foreach (var cell in _limits.CellsOf(DateTimeOffset.FromUnixTimeMilliseconds(minute), code, values))
            {
                cells[cell] = cells.GetValueOrDefault(cell) + count;
            }
        }

        return cells;
    }
}
