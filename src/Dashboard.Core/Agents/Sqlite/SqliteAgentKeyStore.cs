using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Agents.Sqlite;

internal sealed class SqliteAgentKeyStore(SqliteDatabase database, SqliteAuditStore audits) : IAgentKeyStore
{
    private const string Select = """
        SELECT id, label, origin, created_by, created_at, expires_at, hash, secrets, allowed_types, is_enabled, last_used_at,
            last_used_by, version
        FROM agent_keys
        """;

    public Task<IReadOnlyList<AgentKey>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(
        Read($"{Select} ORDER BY created_at DESC, id;"));

    public Task<IReadOnlyList<AgentKey>> FindExpiringAsync(
        DateTimeOffset from, DateTimeOffset before, int limit, CancellationToken cancellationToken) => Task.FromResult(Read(
            $"""
            {Select} INDEXED BY agent_keys_by_expiry
            WHERE expires_at IS NOT NULL AND expires_at >= @from AND expires_at < @before ORDER BY expires_at, id LIMIT @limit;
            """,
            new { from = from.ToUnixTimeMilliseconds(), before = before.ToUnixTimeMilliseconds(), limit }));

    public Task<bool> AddAsync(AgentKey added, AuditEntry audit, CancellationToken cancellationToken) =>
        audits.ChangeAsync(write => Insert(write, AgentKeyRow.Of(added)) == 1, audit, cancellationToken);

    public Task<bool> ReplaceAsync(AgentKey changed, AuditEntry audit, CancellationToken cancellationToken) =>
        audits.ChangeAsync(write => Update(write, AgentKeyRow.Of(changed)) == 1, audit, cancellationToken);

    public Task<bool> DeleteAsync(string id, AuditEntry audit, CancellationToken cancellationToken) => audits.ChangeAsync(
        write => write.Execute(
            "DELETE FROM agent_keys WHERE id = $id AND NOT EXISTS (SELECT 1 FROM agents WHERE key_id = $id);", ("$id", id)) == 1,
        audit,
        cancellationToken);

    public Task RecordAsync(IReadOnlyCollection<AgentKeyUse> uses, CancellationToken cancellationToken) => database.WriteAsync(
        write =>
        {
            foreach (var (id, agent, at) in uses)
            {
                write.Execute(
                    """
                    UPDATE agent_keys SET last_used_at = $at, last_used_by = $agent
                    WHERE id = $id AND coalesce(last_used_at, 0) < $at;
                    """,
                    ("$id", id),
                    ("$agent", agent),
                    ("$at", at.ToUnixTimeMilliseconds()));
            }
        },
        cancellationToken);

    private IReadOnlyList<AgentKey> Read(string sql, object? parameters = null) =>
        [.. database.Query<AgentKeyRow>(sql, parameters).Select(row => row.ToKey())];

    private static int Insert(SqliteWrite write, AgentKeyRow row) => write.Execute(
        """
        INSERT INTO agent_keys (id, label, origin, created_by, created_at, expires_at, hash, secrets, allowed_types, is_enabled,
            last_used_at, last_used_by, version)
        VALUES ($id, $label, $origin, $created_by, $created_at, $expires_at, $hash, $secrets, $allowed_types, $is_enabled,
            $last_used_at, $last_used_by, $version)
        ON CONFLICT DO NOTHING;
        """,
        ("$id", row.Id),
        ("$label", row.Label),
        ("$origin", row.Origin),
        ("$created_by", row.CreatedBy),
        ("$created_at", row.CreatedAt),
        ("$expires_at", row.ExpiresAt),
        ("$hash", row.Hash),
        ("$secrets", row.Secrets),
        ("$allowed_types", row.AllowedTypes),
        ("$is_enabled", row.IsEnabled),
        ("$last_used_at", row.LastUsedAt),
        ("$last_used_by", row.LastUsedBy),
        ("$version", row.Version));

    private static int Update(SqliteWrite write, AgentKeyRow row) => write.Execute(
        """
        UPDATE agent_keys
        SET label = $label, expires_at = $expires_at, hash = $hash, secrets = $secrets, allowed_types = $allowed_types,
            is_enabled = $is_enabled, version = version + 1
        WHERE id = $id AND version = $version;
        """,
        ("$id", row.Id),
        ("$version", row.Version),
        ("$label", row.Label),
        ("$expires_at", row.ExpiresAt),
        ("$hash", row.Hash),
        ("$secrets", row.Secrets),
        ("$allowed_types", row.AllowedTypes),
        ("$is_enabled", row.IsEnabled));
}
