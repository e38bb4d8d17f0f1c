using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

internal sealed class RedisTokenLedger(RedisDatabase database, RedisAuditStore audits) : ITokenLedger
{
    private const int MostToCount = 10_000;

    // Places that must be read to be counted cost far more than the length of an index.
    private const int MostToTest = 2_000;

    // The most rows that one script changes.
    private const int BatchSize = 250;

    private readonly LedgerPlanner _planner = new(database);
    private readonly LedgerIndexes _indexes = new(database.Keys);
    private readonly LedgerNumbers _numbers = new(database);
    private readonly LedgerRows _rows = new(database);

    public async Task AddAsync(LedgerEntry entry, AuditEntry? audit, CancellationToken cancellationToken)
    {
        var (keys, arguments) = _indexes.ToAdd(entry, LedgerRow.Write(entry));
        var added = audit is null
            ? await database.CommitAsync(LedgerScripts.AddUnaudited, keys, arguments, cancellationToken)
            : await audits.ChangeAsync(LedgerScripts.Add, keys, arguments, audit, cancellationToken);
        if ((int)added == 0)
        {
            throw new InvalidOperationException("The ledger holds a token with this id already.");
        }
    }

    public async Task<LedgerEntry?> FindAsync(string tokenId, CancellationToken cancellationToken) => LedgerRow.Read(
        await database.RunAsync(redis => redis.HashGetAsync(database.Keys.Token(tokenId), LedgerRow.Fields), cancellationToken));

    public async Task<Page<LedgerEntry>> ListAsync(
        LedgerFilter filter, DateTimeOffset now, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var query = await QueryAsync(filter, now, cancellationToken);
        var finding = query.FindAsync(PageCursor.Parse(cursor), limit + 1, cancellationToken);
        var counting = query.CountAsync(MostToCount, MostToTest, cancellationToken);
        await Task.WhenAll(finding, counting);
        var (places, (total, isCapped)) = (await finding, await counting);
        var rows = await _rows.ReadAsync(places.Take(limit), cancellationToken);
        return new Page<LedgerEntry>(
            rows,
            places.Count > limit ? new PageCursor(places[limit - 1].IssuedAt, places[limit - 1].TokenId).ToString() : null,
            total,
            isCapped);
    }

    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync(
        LedgerFilter filter, DateTimeOffset now, PageCursor? after, int limit, CancellationToken cancellationToken) =>
        await (await QueryAsync(filter, now, cancellationToken)).ReadAsync(after, limit, cancellationToken);

    public Task<LedgerCounts> CountAsync(DateTimeOffset now, DateTimeOffset since, CancellationToken cancellationToken) =>
        _numbers.CountAsync(now, since, cancellationToken);

    public async Task RecordPresentationsAsync(
        IReadOnlyCollection<TokenPresentation> presentations, CancellationToken cancellationToken)
    {
        foreach (var batch in presentations.Chunk(BatchSize))
        {
            await database.EvaluateAsync(
                LedgerScripts.Present,
                [database.Keys.UnpresentedTokens, .. batch.Select(shown => database.Keys.Token(shown.TokenId))],
                [.. batch.SelectMany(static shown => new RedisValue[]
                    { shown.At.ToUnixTimeMilliseconds(), shown.Ip ?? "", shown.UserAgent ?? "", shown.Where })],
                cancellationToken);
        }
    }

    public async Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken)
    {
        var due = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                database.Keys.TokensByExpiry, stop: expiredBefore.ToUnixTimeMilliseconds() - 1, take: limit),
            cancellationToken);
        var purged = 0;
        foreach (var batch in due.Chunk(BatchSize))
        {
            var rows = await _rows.ReadAsync(batch.Select(place => new LedgerPlace(place!)), cancellationToken);
            purged += (await Task.WhenAll(rows.Select(row => PurgeAsync(row, term, cancellationToken)))).Sum();
        }

        return purged;
    }

    public async Task<KeyUsage> ReadUsageAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = database.Keys;
        var query = await QueryAsync(new LedgerFilter { KeyId = keyId, Status = TokenStatus.Live }, now, cancellationToken);
        var sum = await query.SumAsync(MostToCount, cancellationToken);
        var expiry = await database.RunAsync(redis => redis.SortedSetScoreAsync(keys.KeyExpiries, keyId), cancellationToken);
        var newest = await database.RunAsync(redis => redis.SortedSetRangeByRankAsync(keys.TokensOfKey(keyId), -1), cancellationToken);
        return new KeyUsage(
            sum.Tokens,
            sum.Clients,
            sum.Tokens == MostToCount,
            expiry is { } last ? DateTimeOffset.FromUnixTimeMilliseconds((long)last) : null,
            newest is [var place] ? new LedgerPlace(place!).IssuedAt : null);
    }

    private async Task<LedgerQuery> QueryAsync(LedgerFilter filter, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(database, await _planner.PlanAsync(filter, now, cancellationToken));

    private async Task<int> PurgeAsync(LedgerEntry row, Term term, CancellationToken cancellationToken)
    {
        LedgerIndex[] indexes = [.. _indexes.OfAny(row)];
        LedgerValue[] values = [.. _indexes.ValuesOf(row)];
        return (int)await database.EvaluateAsync(
            term,
            LedgerScripts.Purge,
            [
                database.Keys.Token(row.TokenId),
                database.Keys.TokenNames,
                .. indexes.Select(index => index.Key),
                .. values.SelectMany(value => new[] { value.Tokens, value.Values }),
            ],
            [
                indexes.Length,
                LedgerPlace.Of(row).Text,
                .. indexes.Select(index => index.Member),
                .. values.Select(value => value.Value),
            ],
            cancellationToken);
    }
}
