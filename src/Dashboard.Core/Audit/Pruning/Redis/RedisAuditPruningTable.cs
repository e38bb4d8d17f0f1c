using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Audit.Pruning.Redis;

/// <summary>Records of prunings for migrations.</summary>
internal sealed class RedisAuditPruningTable(RedisDatabase database)
    : RedisStatementTable<PruningRow>(database, database.Keys.AuditPrunings);
