using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>The numbers of the overview, which the server knows without reading what it counts.</summary>
internal sealed class LedgerNumbers(RedisDatabase database)
{
    public async Task<LedgerCounts> CountAsync(DateTimeOffset now, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var keys = database.Keys;
        var (after, from) = (now.ToUnixTimeMilliseconds() + 1, since.ToUnixTimeMilliseconds());
        var numbers = await database.RunAsync(
            redis => Task.WhenAll(
                redis.SortedSetLengthAsync(keys.TokensByExpiry, after),
                redis.SortedSetLengthAsync(keys.RevokedTokensByExpiry, after),
                redis.SortedSetLengthByValueAsync(keys.Tokens, LedgerPlace.TimeOf(since), default),
                redis.SortedSetLengthAsync(keys.TokensByRevocation, from)),
            cancellationToken);
        return new LedgerCounts(
            CappedCount.Of(numbers[0] - numbers[1]), CappedCount.Of(numbers[2]), CappedCount.Of(numbers[3]));
    }
}
