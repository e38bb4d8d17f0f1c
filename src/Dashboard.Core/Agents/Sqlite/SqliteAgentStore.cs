using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Storage.Sqlite;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Ledger.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.Core.Agents.Sqlite;

internal sealed class SqliteAgentStore(SqliteDatabase database, SqliteAuditStore audits) : IAgentStore
{
    private const string Select =
        "SELECT id, registration, key_id, temp_token_id, token_id, profile, registered_at, last_seen_at FROM agents";

    public Task<Agent?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(database.QueryFirst<AgentRow>($"{Select} WHERE id = @id;", new { id })?.ToAgent());

    public Task<IReadOnlyList<Agent>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Agent>>(
        [.. database.Query<AgentRow>($"{Select} ORDER BY registered_at DESC, id DESC;").Select(row => row.ToAgent())]);

    public Task<AgentWrite> RegisterAsync(
        Agent agent, DateTimeOffset aliveSince, LedgerChange ledger, CancellationToken cancellationToken) =>
        database.WriteAsync(write => Register(write, agent, aliveSince, ledger), cancellationToken);

    public Task<bool> RemoveAsync(
        string id, string? registration, DateTimeOffset? seenBefore, AuditEntry? audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                var isRemoved = write.Execute(
                    """
                    DELETE FROM agents
                    WHERE id = $id AND ($registration IS NULL OR registration = $registration)
                        AND ($before IS NULL OR last_seen_at < $before);
                    """,
                    ("$id", id),
                    ("$registration", registration),
                    ("$before", seenBefore?.ToUnixTimeMilliseconds())) == 1;
                if (isRemoved && audit is not null)
                {
                    audits.Append(write, audit);
                }

                return isRemoved;
            },
            cancellationToken);

    public Task RecordAsync(IReadOnlyCollection<AgentSeen> seen, CancellationToken cancellationToken) => database.WriteAsync(
        write =>
        {
            foreach (var (id, at) in seen)
            {
                write.Execute(
                    "UPDATE agents SET last_seen_at = $at WHERE id = $id AND last_seen_at < $at;",
                    ("$id", id),
                    ("$at", at.ToUnixTimeMilliseconds()));
            }
        },
        cancellationToken);

    public Task<IReadOnlyList<Agent>> FindSilentAsync(DateTimeOffset seenBefore, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Agent>>(
        [
            .. database.Query<AgentRow>(
                $"{Select} INDEXED BY agents_by_last_seen WHERE last_seen_at < @before ORDER BY last_seen_at LIMIT @limit;",
                new { before = seenBefore.ToUnixTimeMilliseconds(), limit }).Select(row => row.ToAgent()),
        ]);

    private static AgentWrite Register(SqliteWrite write, Agent agent, DateTimeOffset aliveSince, LedgerChange ledger)
    {
        if (!IsKeyGood(write, agent))
        {
            return new AgentWrite.KeyUnusable();
        }

        var known = Find(write, $"{Select} WHERE id = $value;", agent.Id);
        if (known?.IsAliveSince(aliveSince) is true)
        {
            return new AgentWrite.Duplicate(known);
        }

        if (agent.TempTokenId is { } used && known?.TempTokenId == used)
        {
            return new AgentWrite.TempTokenUsed();
        }

        var holder = Find(write, $"{Select} WHERE key_id = $value;", agent.KeyId) is { } found && found.Id != agent.Id ? found : null;
        if (holder?.IsAliveSince(aliveSince) is true)
        {
            return new AgentWrite.KeyInUse(holder);
        }

        if (holder is not null)
        {
            write.Execute("DELETE FROM agents WHERE id = $id;", ("$id", holder.Id));
        }

        Put(write, AgentRow.Of(agent));
        SqliteTokenLedger.Apply(write, ledger);
        return new AgentWrite.Done(known, holder);
    }

    private static bool IsKeyGood(SqliteWrite write, Agent agent) => write.Scalar<long>(
        "SELECT 1 FROM agent_keys WHERE id = $id AND is_enabled = 1 AND (expires_at IS NULL OR expires_at > $now);",
        ("$id", agent.KeyId),
        ("$now", agent.RegisteredAt.ToUnixTimeMilliseconds())) == 1;

    private static Agent? Find(SqliteWrite write, string sql, string value) =>
        write.Query(sql, Read, ("$value", value)) is [var row] ? row.ToAgent() : null;

    private static AgentRow Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.IsDBNull(3) ? null : row.GetString(3),
        row.GetString(4),
        row.GetString(5),
        row.GetInt64(6),
        row.GetInt64(7));

    private static void Put(SqliteWrite write, AgentRow row) => write.Execute(
        """
        INSERT OR REPLACE INTO agents
            (id, registration, key_id, temp_token_id, token_id, profile, registered_at, last_seen_at)
        VALUES ($id, $registration, $key_id, $temp_token_id, $token_id, $profile, $registered_at, $last_seen_at);
        """,
        ("$id", row.Id),
        ("$registration", row.Registration),
        ("$key_id", row.KeyId),
        ("$temp_token_id", row.TempTokenId),
        ("$token_id", row.TokenId),
        ("$profile", row.Profile),
        ("$registered_at", row.RegisteredAt),
        ("$last_seen_at", row.LastSeenAt));
}
