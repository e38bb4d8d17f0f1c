using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Sharing.Redis;

/// <summary>Facts in one hash, which lists read whole, and reports in another, which they do not.</summary>
internal sealed class RedisReportShareStore(RedisDatabase database, RedisAuditStore audits) : IReportShareStore
{
    // keys: facts, reports. args: id, facts, report, created_by, created_at, most. A person has few: to look at all costs nothing.
    private const string Add = """
        local open = 0
        for _, row in ipairs(redis.call('HVALS', keys[1])) do
            local share = cjson.decode(row)
            if share.created_by == args[4] and share.expires_at > tonumber(args[5]) then open = open + 1 end
        end
        if open >= tonumber(args[6]) then return 0 end
        redis.call('HSET', keys[1], args[1], args[2])
        redis.call('HSET', keys[2], args[1], args[3])
        audit()
        return 1
        """;

    // keys: facts, reports. args: id.
    private const string End = """
        if redis.call('HDEL', keys[1], args[1]) == 0 then return 0 end
        redis.call('HDEL', keys[2], args[1])
        audit()
        return 1
        """;

    // KEYS: facts, reports. ARGV: before, limit.
    private const string Purge = """
        local gone = 0
        local rows = redis.call('HGETALL', KEYS[1])
        for index = 1, #rows, 2 do
            if gone < tonumber(ARGV[2]) and cjson.decode(rows[index + 1]).expires_at < tonumber(ARGV[1]) then
                redis.call('HDEL', KEYS[2], rows[index])
                gone = gone + redis.call('HDEL', KEYS[1], rows[index])
            end
        end
        return gone
        """;

    public async Task<bool> AddAsync(ReportShare added, int most, AuditEntry audit, CancellationToken cancellationToken)
    {
        var row = ReportShareRow.Of(added);
        return (int)await audits.ChangeAsync(
            Add,
            database.Keys.OfReportShares,
            [row.Id, RedisJson.Write(row), added.Report, row.CreatedBy, row.CreatedAt, most],
            audit,
            cancellationToken) == 1;
    }

    public async Task<ReportShare?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var id = ReportShare.IdOf(hash);
        if (await FindByIdAsync(id, cancellationToken) is not { } share || !share.Hash.AsSpan().SequenceEqual(hash))
        {
            return null;
        }

        // Ended between the two: there is none any more.
        var report = await database.RunAsync(redis => redis.HashGetAsync(database.Keys.ReportShareTexts, id), cancellationToken);
        return report.IsNull ? null : share with { Report = report.ToString() };
    }

    public async Task<ReportShare?> FindByIdAsync(string id, CancellationToken cancellationToken)
    {
        var row = await database.RunAsync(redis => redis.HashGetAsync(database.Keys.ReportShares, id), cancellationToken);
        return row.IsNull ? null : RedisJson.Read<ReportShareRow>(row).ToShare();
    }

    public async Task<IReadOnlyList<ReportShare>> ReadOpenAsync(
        string? createdBy, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.RunAsync(redis => redis.HashValuesAsync(database.Keys.ReportShares), cancellationToken);
        return
        [
            .. rows.Select(row => RedisJson.Read<ReportShareRow>(row).ToShare())
                .Where(share => share.ExpiresAt > now && (createdBy is null || share.CreatedBy == createdBy))
                .OrderByDescending(share => share.CreatedAt)
                .ThenBy(share => share.Id, StringComparer.Ordinal)
                .Take(limit),
        ];
    }

    public async Task<bool> EndAsync(string id, AuditEntry audit, CancellationToken cancellationToken) =>
        (int)await audits.ChangeAsync(End, database.Keys.OfReportShares, [id], audit, cancellationToken) == 1;

    public async Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        (int)await database.EvaluateAsync(
            term, Purge, database.Keys.OfReportShares, [before.ToUnixTimeMilliseconds(), limit], cancellationToken);
}
