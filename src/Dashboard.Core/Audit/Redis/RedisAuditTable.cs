using System.Globalization;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Audit.Redis;

/// <summary>The audit log for migrations, by number. Its entries are copied as they are, hashes and all.</summary>
internal sealed class RedisAuditTable(RedisDatabase database, RedisAuditStore store) : IStoreTable
{
    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.RunAsync(redis => redis.HashLengthAsync(database.Keys.AuditEntries), cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var last = after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture);
        var newest = (long)await database.RunAsync(
            redis => redis.HashGetAsync(database.Keys.AuditHead, "number"), cancellationToken);
        var records = await store.ReadAsync(last + 1, limit, cancellationToken);
        return new TablePage(
            [.. records.Select(AuditRows.Of)],
            records is [.., { Number: var number }] && number < newest ? number.ToString(CultureInfo.InvariantCulture) : null);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) =>
        store.ImportAsync([.. rows.Select(AuditRows.Read)], cancellationToken);
}
