using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>Reads rows by their places, many at once.</summary>
internal sealed class LedgerRows(RedisDatabase database)
{
    private const int BatchSize = 500;

    /// <summary>The rows at these places, less those purged since.</summary>
    public async Task<List<LedgerEntry>> ReadAsync(IEnumerable<LedgerPlace> places, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(places, LedgerRow.Fields, cancellationToken)).Select(LedgerRow.Read).OfType<LedgerEntry>()];

    /// <summary>Some fields of the rows at these places; null values of rows purged since.</summary>
    public async Task<IReadOnlyList<RedisValue[]>> ReadAsync(
        IEnumerable<LedgerPlace> places, RedisValue[] fields, CancellationToken cancellationToken)
    {
        List<RedisValue[]> rows = [];
        foreach (var batch in places.Chunk(BatchSize))
        {
            rows.AddRange(await database.RunAsync(
                redis => Task.WhenAll(batch.Select(place => redis.HashGetAsync(database.Keys.Token(place.TokenId), fields))),
                cancellationToken));
        }

        return rows;
    }
}
