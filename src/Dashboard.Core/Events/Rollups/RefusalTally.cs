namespace Dashboard.Core.Events.Rollups;

/// <summary>
/// Counts refusals in memory until they are written. Counting takes no more than one look into a dictionary, whatever else
/// becomes of the event. How much is told apart is bounded: whoever sends ten thousand different names fills neither the
/// memory nor the store.
/// </summary>
internal sealed class RefusalTally
{
    internal const int MostAtOnce = 5_000;
    internal const int MostGivenBack = 100_000;

    private readonly Lock _gate = new();
    private readonly RollupLimits _limits = new();
    private Dictionary<(long Minute, string Code, RefusalValues Values), long> _counts = [];
    private Dictionary<RollupCell, long> _givenBack = [];

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

    /// <summary>
    /// What was counted since the last time, as counters to be added to those in the store. For one caller at a time, as is
    /// <see cref="GiveBack"/>.
    /// </summary>
    public IReadOnlyDictionary<RollupCell, long> Take()
    {
        Dictionary<(long Minute, string Code, RefusalValues Values), long> counts;
        lock (_gate)
        {
            counts = _counts;
            _counts = [];
        }

        var cells = _givenBack;
        _givenBack = [];
        foreach (var ((minute, code, values), count) in counts)
        {
            foreach (var cell in _limits.CellsOf(DateTimeOffset.FromUnixTimeMilliseconds(minute), code, values))
            {
                cells[cell] = cells.GetValueOrDefault(cell) + count;
            }
        }

        return cells;
    }

    /// <summary>
    /// Takes back what the store did not take, for the next time: events may be lost while a store is away, their numbers are not.
    /// A store that is away for days fills no memory.
    /// </summary>
    public void GiveBack(IReadOnlyDictionary<RollupCell, long> cells)
    {
        foreach (var (cell, count) in cells)
        {
            if (_givenBack.Count < MostGivenBack || _givenBack.ContainsKey(cell))
            {
                _givenBack[cell] = _givenBack.GetValueOrDefault(cell) + count;
            }
        }
    }
}
