using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Audit.Checkpoints.Redis;

internal sealed class RedisAuditCheckpointStore(RedisDatabase database) : IAuditCheckpointStore
{
    private readonly RedisStatements _statements = new(database, database.Keys.AuditCheckpoints);

    public Task AddAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken) =>
        _statements.AddAsync(checkpoint.Head.Number, CheckpointRow.Of(checkpoint), cancellationToken);

    public async Task<IReadOnlyList<AuditCheckpoint>> ListAsync(
        long before, int skip, int limit, CancellationToken cancellationToken) =>
        [.. (await _statements.ListAsync(before, skip, limit, cancellationToken)).Select(row => Read(row).ToCheckpoint())];

    // Its place is its number, whatever the row itself says.
    private static CheckpointRow Read(SortedSetEntry entry) =>
        RedisStatements.RowOf<CheckpointRow>(entry) is { TakenBy: not null, Statement: not null } row
            ? row with { Number = (long)entry.Score }
            : new CheckpointRow((long)entry.Score, 0, "", "");
}
