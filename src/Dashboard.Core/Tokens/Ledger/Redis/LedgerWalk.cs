using System.Runtime.CompilerServices;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>What one step along a way found.</summary>
/// <param name="Read">How many places it looked at.</param>
/// <param name="Passed">Those that pass every test, newest first.</param>
internal sealed record LedgerStep(int Read, IReadOnlyList<LedgerPlace> Passed);

/// <summary>Goes along the ways of a plan in small steps, and tests what lies there on the server.</summary>
internal sealed class LedgerWalk(RedisDatabase database, LedgerPlan plan)
{
    private const int LargestStep = 500;

    private readonly RedisKey[] _testKeys = [.. plan.Tests.Select(static test => test.Index)];
    private readonly RedisValue[] _tests = [.. plan.Tests.SelectMany(
        static test => new RedisValue[] { test.From, test.To, test.IsThere ? 1 : 0 })];

    /// <summary>The steps along a way, until it ends or the caller has enough. The first is as long as told.</summary>
    public async IAsyncEnumerable<LedgerStep> StepsAsync(
        LedgerWay way, LedgerRange range, int first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var size = Math.Min(first, LargestStep);
        while (true)
        {
            var (read, last, passed) = way.Places is { } places
                ? await TestAsync([.. places.Where(range.Contains).Take(size)], cancellationToken)
                : await WalkAsync(way.Index, range, size, cancellationToken);
            yield return new LedgerStep(read, passed);
            if (read < size)
            {
                yield break;
            }

            (range, size) = (range.Before(last), LargestStep);
        }
    }

    private async Task<(int Read, LedgerPlace Last, LedgerPlace[] Passed)> WalkAsync(
        RedisKey index, LedgerRange range, int size, CancellationToken cancellationToken) => Read(await database.EvaluateAsync(
            LedgerScripts.Walk,
            [database.Keys.TokenNames, index, .. _testKeys],
            [plan.Text ?? "", range.UpperBound, range.LowerBound, size, .. _tests],
            cancellationToken));

    private async Task<(int Read, LedgerPlace Last, LedgerPlace[] Passed)> TestAsync(
        LedgerPlace[] places, CancellationToken cancellationToken) => Read(await database.EvaluateAsync(
            LedgerScripts.Test,
            [database.Keys.TokenNames, .. _testKeys],
            [plan.Text ?? "", places.Length, .. places.Select(static place => (RedisValue)place.Text), .. _tests],
            cancellationToken));

    private static (int Read, LedgerPlace Last, LedgerPlace[] Passed) Read(RedisResult answer)
    {
        var parts = (RedisResult[])answer;
        return ((int)parts[0], new LedgerPlace((string)parts[1]), [.. ((string[])parts[2]).Select(static text => new LedgerPlace(text))]);
    }
}
