using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Ledger.Sqlite;

namespace Dashboard.Core.Clients.Sqlite;

internal sealed class SqliteClientStore(SqliteDatabase database, SqliteAuditStore audits) : IClientStore
{
    private const string Select = """
        SELECT id, name, origin, created_by, created_at, expires_at, state, terms, secrets, secret_uses,
            registration_token_hash, last_used_at, decided_at, ended_at, ended_reason, ended_by, uncut_since, version
        FROM clients
        """;

    public Task<Client?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(database.QueryFirst<ClientRow>($"{Select} WHERE id = @id;", new { id })?.ToClient());

    public Task<bool> AddAsync(Client client, LedgerChange ledger, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(write => Complete(write, ledger, audit, Insert(write, ClientRow.Of(client))), cancellationToken);

    public Task<bool> ReplaceAsync(Client changed, LedgerChange ledger, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(write => Complete(write, ledger, audit, Update(write, ClientRow.Of(changed))), cancellationToken);

    public Task<Page<Client>> ListAsync(
        ClientFilter filter, DateTimeOffset now, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var from = filter.Standing is ClientStanding.Gone
            ? "INDEXED BY clients_ended_by_time WHERE ended_at IS NOT NULL"
            : "INDEXED BY clients_by_time WHERE ended_at IS NULL";
        return new ClientWalk((behind, most) => Task.FromResult(Read(from, behind, most)), () => Task.FromResult(Count(from)))
            .ListAsync(filter, now, PageCursor.Parse(cursor), limit);
    }

    public Task RecordUsesAsync(IReadOnlyCollection<ClientUse> uses, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                foreach (var use in uses)
                {
                    Record(write, use);
                }
            },
            cancellationToken);

    public Task<IReadOnlyList<Client>> FindDueAsync(
        DateTimeOffset expiredBefore, DateTimeOffset unusedSince, int limit, CancellationToken cancellationToken)
    {
        var expired = database.Query<ClientRow>(
            $"""
            {Select} INDEXED BY clients_by_expiry
            WHERE ended_at IS NULL AND expires_at IS NOT NULL AND expires_at < @before ORDER BY expires_at LIMIT @limit;
            """,
            new { before = expiredBefore.ToUnixTimeMilliseconds(), limit });
        var unused = database.Query<ClientRow>(
            $"""
            {Select} INDEXED BY clients_unused
            WHERE ended_at IS NULL AND last_used_at IS NULL AND origin = '{nameof(ClientOrigin.SelfRegistered)}'
                AND coalesce(decided_at, created_at) < @since
            ORDER BY coalesce(decided_at, created_at) LIMIT @limit;
            """,
            new { since = unusedSince.ToUnixTimeMilliseconds(), limit });
        return Task.FromResult<IReadOnlyList<Client>>(
            [.. expired.Concat(unused).DistinctBy(row => row.Id).Take(limit).Select(row => row.ToClient())]);
    }

    public Task<IReadOnlyList<Client>> FindExpiringAsync(
        DateTimeOffset from, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var range = new { from = from.ToUnixTimeMilliseconds(), before = before.ToUnixTimeMilliseconds(), limit };
        var clients = database.Query<ClientRow>(
            $"""
            {Select} INDEXED BY clients_by_expiry
            WHERE ended_at IS NULL AND expires_at IS NOT NULL AND expires_at >= @from AND expires_at < @before
            ORDER BY expires_at LIMIT @limit;
            """,
            range);
        var secrets = database.Query<ClientRow>(
            $"""
            {Select} WHERE id IN (
                SELECT client_id FROM client_secret_expiries INDEXED BY client_secret_expiries_by_time
                WHERE expires_at >= @from AND expires_at < @before ORDER BY expires_at LIMIT @limit);
            """,
            range);
        return Task.FromResult<IReadOnlyList<Client>>(
            [.. clients.Concat(secrets).DistinctBy(row => row.Id).Select(row => row.ToClient())]);
    }

    public Task<IReadOnlyList<Client>> FindBarredAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var keptOut = database.Query<ClientRow>(
            $"""
            {Select} INDEXED BY clients_barred
            WHERE ended_at IS NULL AND (state = 'Disabled' OR (state = 'Pending' AND version > 0));
            """);
        var expired = database.Query<ClientRow>(
            $"""
            {Select} INDEXED BY clients_by_expiry
            WHERE ended_at IS NULL AND expires_at IS NOT NULL AND expires_at < @before;
            """,
            new { before = before.ToUnixTimeMilliseconds() });
        var uncut = database.Query<ClientRow>($"{Select} INDEXED BY clients_uncut WHERE uncut_since IS NOT NULL;");
        return Task.FromResult<IReadOnlyList<Client>>(
        [
            .. keptOut.Concat(expired).Concat(uncut).DistinctBy(row => row.Id).Select(row => row.ToClient())
                .Where(client => client.BarredFrom < before),
        ]);
    }

    public Task<IReadOnlyList<Client>> FindUncutAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Client>>(
        [
            .. database.Query<ClientRow>(
                $"{Select} INDEXED BY clients_uncut WHERE uncut_since IS NOT NULL AND uncut_since < @before ORDER BY uncut_since LIMIT @limit;",
                new { before = endedBefore.ToUnixTimeMilliseconds(), limit }).Select(row => row.ToClient()),
        ]);

    public Task SetCutOffAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => { write.Execute("UPDATE clients SET uncut_since = NULL WHERE id = $id;", ("$id", id)); }, cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset endedBefore, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            $"""
            DELETE FROM clients WHERE id IN (
                SELECT id FROM clients
                WHERE ended_at IS NOT NULL AND ended_at < $before AND origin <> '{nameof(ClientOrigin.Configuration)}'
                ORDER BY ended_at LIMIT $limit);
            """,
            endedBefore,
            limit,
            term,
            cancellationToken);

    private IReadOnlyList<Client> Read(string from, PageCursor? behind, int limit) =>
    [
        .. database.Query<ClientRow>(
            $"{Select} {from} AND (created_at, id) < (@at, @id) ORDER BY created_at DESC, id DESC LIMIT @limit;",
            new { at = behind?.At.ToUnixTimeMilliseconds() ?? long.MaxValue, id = behind?.Id ?? "", limit }).Select(row => row.ToClient()),
    ];

    private long Count(string from) =>
        database.QueryFirst<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM clients {from} LIMIT {CappedCount.Most + 1});");

    // A change, its part of the ledger and its entry commit together; no change, nothing else.
    private bool Complete(SqliteWrite write, LedgerChange ledger, AuditEntry audit, int changed)
    {
        if (changed == 1)
        {
            SqliteTokenLedger.Apply(write, ledger);
            audits.Append(write, audit);
        }

        return changed == 1;
    }

    private static int Insert(SqliteWrite write, ClientRow row) => write.Execute(
        """
        INSERT INTO clients (id, name, origin, created_by, created_at, expires_at, state, terms, secrets, secret_uses,
            registration_token_hash, last_used_at, decided_at, ended_at, ended_reason, ended_by, uncut_since, version)
        VALUES ($id, $name, $origin, $created_by, $created_at, $expires_at, $state, $terms, $secrets, $secret_uses,
            $registration_token_hash, $last_used_at, $decided_at, $ended_at, $ended_reason, $ended_by, $uncut_since, $version)
        ON CONFLICT (id) DO NOTHING;
        """,
        ("$id", row.Id),
        ("$name", row.Name),
        ("$origin", row.Origin),
        ("$created_by", row.CreatedBy),
        ("$created_at", row.CreatedAt),
        ("$expires_at", row.ExpiresAt),
        ("$state", row.State),
        ("$terms", row.Terms),
        ("$secrets", row.Secrets),
        ("$secret_uses", row.SecretUses),
        ("$registration_token_hash", row.RegistrationTokenHash),
        ("$last_used_at", row.LastUsedAt),
        ("$decided_at", row.DecidedAt),
        ("$ended_at", row.EndedAt),
        ("$ended_reason", row.EndedReason),
        ("$ended_by", row.EndedBy),
        ("$uncut_since", row.UncutSince),
        ("$version", row.Version));

    // Uses stay as they are, but for those of secrets that go.
    private static int Update(SqliteWrite write, ClientRow row) => write.Execute(
        """
        UPDATE clients
        SET name = $name, expires_at = $expires_at, state = $state, terms = $terms, secrets = $secrets,
            secret_uses = (
                SELECT json_group_object(uses.key, uses.value) FROM json_each(clients.secret_uses) AS uses
                WHERE uses.key IN (SELECT json_extract(kept.value, '$.id') FROM json_each($secrets) AS kept)),
            registration_token_hash = $registration_token_hash, decided_at = $decided_at, ended_at = $ended_at,
            ended_reason = $ended_reason, ended_by = $ended_by, uncut_since = $uncut_since, version = version + 1
        WHERE id = $id AND version = $version
            AND (last_used_at IS NULL OR $ended_reason IS NULL OR $ended_reason <> $unused);
        """,
        ("$id", row.Id),
        ("$version", row.Version),
        ("$name", row.Name),
        ("$expires_at", row.ExpiresAt),
        ("$state", row.State),
        ("$terms", row.Terms),
        ("$secrets", row.Secrets),
        ("$registration_token_hash", row.RegistrationTokenHash),
        ("$decided_at", row.DecidedAt),
        ("$ended_at", row.EndedAt),
        ("$ended_reason", row.EndedReason),
        ("$ended_by", row.EndedBy),
        ("$uncut_since", row.UncutSince),
        ("$unused", nameof(ClientEndReason.Unused)));

    private static void Record(SqliteWrite write, ClientUse use) => write.Execute(
        """
        UPDATE clients
        SET last_used_at = max(coalesce(last_used_at, 0), $at),
            secret_uses = CASE WHEN $path IS NULL THEN secret_uses
                ELSE json_set(secret_uses, $path, max(coalesce(json_extract(secret_uses, $path), 0), $at)) END
        WHERE id = $id AND ended_at IS NULL;
        """,
        ("$id", use.ClientId),
        ("$path", use.SecretId is null ? null : $"$.\"{use.SecretId}\""),
        ("$at", use.At.ToUnixTimeMilliseconds()));
}
