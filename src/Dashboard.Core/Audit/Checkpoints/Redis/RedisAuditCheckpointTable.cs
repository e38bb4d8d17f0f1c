using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Audit.Checkpoints.Redis;

/// <summary>Checkpoints for migrations.</summary>
internal sealed class RedisAuditCheckpointTable(RedisDatabase database)
    : RedisStatementTable<CheckpointRow>(database, database.Keys.AuditCheckpoints);
