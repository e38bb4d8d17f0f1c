using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Ledger.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Revocation.Redis;

internal sealed class RedisRevocationStore(RedisDatabase database, RedisAuditStore audits) : IRevocationStore
{
    private const int MostToCount = 10_000;

    // The most rows that one script changes.
    private const int LargestBatch = 500;

    private readonly LedgerPlanner _planner = new(database);
    private readonly RedisKey[] _status = new LedgerIndexes(database.Keys).OfStatus;
    private readonly RevocationReader _reader = new(database);

    public async Task<TokenRevocationOutcome> RevokeAsync(
        string tokenId, RevocationStamp stamp, AuditEntry audit, CancellationToken cancellationToken)
    {
        var answer = (RedisValue[])await audits.ChangeAsync(
            RevocationScripts.Revoke,
            [database.Keys.Token(tokenId), .. _status],
            [stamp.At.ToUnixTimeMilliseconds(), stamp.By, stamp.Reason],
            audit,
            cancellationToken);
        return answer switch
        {
            [] => new TokenRevocationOutcome.Unknown(),
            [_] => new TokenRevocationOutcome.Revoked(stamp),
            _ => new TokenRevocationOutcome.Already(new RevocationStamp(LedgerRow.Time(answer[0]), answer[1]!, answer[2]!)),
        };
    }

    public async Task AddAsync(TokenRevocation revocation, AuditEntry audit, CancellationToken cancellationToken)
    {
        var keys = database.Keys;
        var indexes = RevocationRow.IndexesOf(keys, revocation.Scope, revocation.State);
        var added = await audits.ChangeAsync(
            RevocationScripts.Add,
            [keys.Revocation(revocation.Id), .. indexes],
            [revocation.Id, revocation.Stamp.At.ToUnixTimeMilliseconds(), .. RevocationRow.Write(revocation)],
            audit,
            cancellationToken);
        if ((int)added == 0)
        {
            throw new InvalidOperationException("There is a revocation with this id already.");
        }
    }

    public async Task<RevocationBatch> ContinueAsync(string id, int limit, CancellationToken cancellationToken)
    {
        var (revocation, cursor) = await _reader.FindAsync(id, cancellationToken)
            ?? throw new InvalidOperationException("There is no such revocation.");
        var size = Math.Min(limit, LargestBatch);
        var rows = revocation.State is RevocationState.Running
            ? await CoveredAsync(revocation, cursor, size, cancellationToken)
            : [];
        return await WriteAsync(revocation, rows, isLast: rows.Count < size, cancellationToken);
    }

    public async Task<bool> CancelAsync(string id, AuditEntry audit, CancellationToken cancellationToken) =>
        (int)await audits.ChangeAsync(
            RevocationScripts.Cancel,
            [database.Keys.Revocation(id), database.Keys.RunningRevocations, database.Keys.EndedRevocations],
            [id],
            audit,
            cancellationToken) == 1;

    public async Task<TokenRevocation?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await _reader.FindAsync(id, cancellationToken))?.Revocation;

    public Task<IReadOnlyList<TokenRevocation>> FindRunningAsync(CancellationToken cancellationToken) =>
        _reader.ReadAsync(database.Keys.RunningRevocations, cancellationToken);

    public async Task<RevocationSnapshot> ReadAsync(DateTimeOffset expiresAfter, CancellationToken cancellationToken) => new(
        await _reader.ReadAsync(database.Keys.CutOffs, cancellationToken),
        await _reader.ReadTokensAsync(expiresAfter, cancellationToken));

    public async Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken)
    {
        var keys = database.Keys;
        var ids = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                keys.EndedRevocations, stop: before.ToUnixTimeMilliseconds(), exclude: Exclude.Stop, take: limit),
            cancellationToken);
        return ids is [] ? 0 : (int)await database.EvaluateAsync(
            term,
            RevocationScripts.Purge,
            [keys.EndedRevocations, keys.CutOffs, .. ids.Select(id => keys.Revocation(id!))],
            ids,
            cancellationToken);
    }

    public async Task<RevocationPreview> PreviewAsync(LedgerFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var query = await QueryAsync(filter with { Status = TokenStatus.Live }, now, cancellationToken);
        var (tokens, clients, subjects, lastExpiry) = await query.SumAsync(MostToCount + 1, cancellationToken);
        return new RevocationPreview(
            Math.Min(tokens, MostToCount),
            clients,
            subjects,
            tokens > MostToCount,
            lastExpiry == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(lastExpiry));
    }

    private async Task<List<LedgerEntry>> CoveredAsync(
        TokenRevocation revocation, PageCursor? cursor, int limit, CancellationToken cancellationToken)
    {
        var before = revocation.IssuedBefore.AddMilliseconds(1);
        var filter = revocation.Filter! with
        {
            Status = TokenStatus.Live,
            IssuedTo = revocation.Filter.IssuedTo < before ? revocation.Filter.IssuedTo : before,
        };
        var query = await QueryAsync(filter, revocation.Stamp.At, cancellationToken);
        return await query.ReadAsync(cursor, limit, cancellationToken);
    }

    // The script looks again: since the rows were read they may have been revoked, and this revocation cancelled.
    private async Task<RevocationBatch> WriteAsync(
        TokenRevocation revocation, List<LedgerEntry> rows, bool isLast, CancellationToken cancellationToken)
    {
        var keys = database.Keys;
        var stamp = revocation.Stamp;
        var cursor = rows is [.., var last] ? new PageCursor(last.IssuedAt, last.TokenId).ToString() : "";
        var answer = (RedisResult[])await database.EvaluateAsync(
            RevocationScripts.Continue,
            [
                keys.Revocation(revocation.Id), keys.RunningRevocations, keys.EndedRevocations, .. _status,
                .. rows.Select(row => keys.Token(row.TokenId)),
            ],
            [revocation.Id, stamp.At.ToUnixTimeMilliseconds(), stamp.By, stamp.Reason, cursor, isLast ? 1 : 0],
            cancellationToken);
        var stamped = ((int[])answer[2]).Select(index => (rows[index].TokenId, rows[index].ExpiresAt));
        return new RevocationBatch(
            revocation with { State = RevocationRow.StateOf((string)answer[0]), RevokedTokens = (long)answer[1] }, [.. stamped]);
    }

    private async Task<LedgerQuery> QueryAsync(LedgerFilter filter, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(database, await _planner.PlanAsync(filter, now, cancellationToken));
}
