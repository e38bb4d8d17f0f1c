using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>Chooses the shortest way for a filter. How long an index is within a range, the server knows without reading it.</summary>
internal sealed class LedgerPlanner(RedisDatabase database)
{
    private readonly LedgerExpiry _expiry = new(database);
    private readonly LedgerTexts _texts = new(database);

    public async Task<LedgerPlan> PlanAsync(LedgerFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isStatusExact = filter.Status is TokenStatus.Live or TokenStatus.Expired
            && await _expiry.MoveAsync(now, cancellationToken);
        var conditions = new LedgerConditions(database.Keys, filter, now, isStatusExact).All;
        var range = LedgerRange.Of(filter);
        RedisKey[] indexes = [.. conditions.Where(condition => condition.Way is not null).Select(condition => condition.Way!.Value)];
        var ways = await MeasureAsync([.. indexes, database.Keys.Tokens], range, cancellationToken);
        var shortest = ways.MinBy(way => way.Length)!;
        var byText = filter.Text is { } text ? await FindByTextAsync(text, range, cancellationToken) : null;
        return byText is not null && byText.Sum(way => way.Length) <= shortest.Length
            ? new LedgerPlan(byText, [.. conditions.SelectMany(condition => condition.Elsewhere)], null, range)
            : new LedgerPlan([shortest], TestsOn(shortest, conditions), filter.Text, range);
    }

    private static LedgerTest[] TestsOn(LedgerWay way, IReadOnlyList<LedgerCondition> conditions) =>
        [.. conditions.SelectMany(condition => condition.Way is { } index && index == way.Index ? condition.OnWay : condition.Elsewhere)];

    private async Task<IReadOnlyList<LedgerWay>?> FindByTextAsync(
        string text, LedgerRange range, CancellationToken cancellationToken)
    {
        if (await _texts.FindAsync(text, range, cancellationToken) is not { } found)
        {
            return null;
        }

        var ways = await MeasureAsync(found.Indexes, range, cancellationToken);
        return [new LedgerWay(database.Keys.TokenIds, found.Places.Count, found.Places), .. ways];
    }

    private async Task<IReadOnlyList<LedgerWay>> MeasureAsync(
        IReadOnlyList<RedisKey> indexes, LedgerRange range, CancellationToken cancellationToken)
    {
        var lengths = await database.RunAsync(
            redis => Task.WhenAll(indexes.Select(index =>
                redis.ExecuteAsync("ZLEXCOUNT", index, range.LowerBound, range.UpperBound))),
            cancellationToken);
        return [.. indexes.Zip(lengths, static (index, length) => new LedgerWay(index, (long)length))];
    }
}
