using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using Dashboard.Core.Tokens.Ledger.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Revocation.Redis;

/// <summary>Reads revocations, and the revoked tokens that can still matter, however many, in batches.</summary>
internal sealed class RevocationReader(RedisDatabase database)
{
    private const int BatchSize = 500;

    /// <summary>A revocation and how far it came; null where there is none with this id.</summary>
    public async Task<(TokenRevocation Revocation, PageCursor? Cursor)?> FindAsync(
        string id, CancellationToken cancellationToken) => RevocationRow.Read(await database.RunAsync(
            redis => redis.HashGetAsync(database.Keys.Revocation(id), RevocationRow.Fields), cancellationToken));

    /// <summary>The revocations of an index, in its order.</summary>
    public async Task<IReadOnlyList<TokenRevocation>> ReadAsync(RedisKey index, CancellationToken cancellationToken)
    {
        List<TokenRevocation> all = [];
        await foreach (var batch in BatchesAsync(index, double.NegativeInfinity, cancellationToken))
        {
            var rows = await database.RunAsync(
                redis => Task.WhenAll(batch.Select(entry =>
                    redis.HashGetAsync(database.Keys.Revocation(entry.Element!), RevocationRow.Fields))),
                cancellationToken);
            all.AddRange(rows.Select(RevocationRow.Read).OfType<(TokenRevocation Revocation, PageCursor?)>().Select(row => row.Revocation));
        }

        return all;
    }

    /// <summary>Every revoked token that expires after a time.</summary>
    public async Task<IReadOnlyList<(string TokenId, DateTimeOffset ExpiresAt)>> ReadTokensAsync(
        DateTimeOffset expiresAfter, CancellationToken cancellationToken)
    {
        List<(string TokenId, DateTimeOffset ExpiresAt)> all = [];
        var first = expiresAfter.ToUnixTimeMilliseconds() + 1;
        await foreach (var batch in BatchesAsync(database.Keys.RevokedTokensByExpiry, first, cancellationToken))
        {
            all.AddRange(batch.Select(entry => (
                new LedgerPlace(entry.Element!).TokenId, DateTimeOffset.FromUnixTimeMilliseconds((long)entry.Score))));
        }

        return all;
    }

    // From score to score: a number of entries to skip would be counted off by the server for every batch.
    private async IAsyncEnumerable<SortedSetEntry[]> BatchesAsync(
        RedisKey index, double from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var skipped = 0;
        SortedSetEntry[] batch;
        do
        {
            var (lowest, skip) = (from, skipped);
            batch = await database.RunAsync(
                redis => redis.SortedSetRangeByScoreWithScoresAsync(index, lowest, skip: skip, take: BatchSize), cancellationToken);
            yield return batch;
            if (batch is [.., { Score: var last }])
            {
                var ties = batch.Count(entry => entry.Score.Equals(last));
                (from, skipped) = last.Equals(from) ? (from, skipped + ties) : (last, ties);
            }
        }
        while (batch.Length == BatchSize);
    }
}
