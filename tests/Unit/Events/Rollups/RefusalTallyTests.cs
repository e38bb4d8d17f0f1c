using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Events.Rollups;

/// <summary>What is counted in memory until a store takes it.</summary>
public sealed class RefusalTallyTests
{
    private readonly RefusalTally _tally = new();

    [Fact]
    public void What_the_store_did_not_take_is_counted_the_next_time()
    {
        _tally.Add(Refusal("one"));
        var lost = _tally.Take();

        _tally.GiveBack(lost);
        _tally.Add(Refusal("one"));
        _tally.Add(Refusal("two"));
        var taken = _tally.Take();

        Assert.Equal(3, TotalOf(taken));
        Assert.Equal(2, taken.Single(cell => cell.Key is { Grain: RollupGrain.Minute, Facet: RollupFacet.Client, Value: "one" }).Value);
        Assert.Empty(_tally.Take());
    }

    [Fact]
    public void Store_that_is_away_for_days_fills_no_memory()
    {
        var cells = Enumerable.Range(0, RefusalTally.MostGivenBack + 10).ToDictionary(
            number => new RollupCell(RollupGrain.Minute, RollupFacet.Client, $"client-{number}", 0, "TOKEN_EXPIRED"), _ => 1L);

        _tally.GiveBack(cells);
        _tally.GiveBack(cells);
        var taken = _tally.Take();

        Assert.Equal(RefusalTally.MostGivenBack, taken.Count);
        Assert.All(taken.Values, count => Assert.Equal(2, count));
    }

    private static long TotalOf(IReadOnlyDictionary<RollupCell, long> cells) =>
        cells.Where(cell => cell.Key is { Grain: RollupGrain.Minute, Facet: RollupFacet.Total }).Sum(cell => cell.Value);

    private static SecurityEvent Refusal(string client) => new()
    {
        At = LedgerRows.Start,
        Kind = EventKinds.TokenRefused,
        Outcome = EventOutcome.Refused,
        Code = "TOKEN_EXPIRED",
        Client = client,
    };
}
