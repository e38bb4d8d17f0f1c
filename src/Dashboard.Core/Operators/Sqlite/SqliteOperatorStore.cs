using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Operators.Sqlite;

internal sealed class SqliteOperatorStore(SqliteDatabase database, SqliteAuditStore audits) : IOperatorStore
{
    public Task<IReadOnlyList<OperatorAccount>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<OperatorAccount>>(
        [
            .. database.Query<Row>(
                """
                SELECT id, user_name, password_hash, security_stamp, role, enabled, must_change_password, created_at
                FROM operators;
                """).Select(row => row.ToOperator()),
        ]);

    public Task<bool> AddFirstAsync(OperatorAccount added, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => write.Scalar<long>("SELECT EXISTS (SELECT 1 FROM operators);") == 0 && Insert(write, added, audit),
            cancellationToken);

    public Task<bool> AddAsync(OperatorAccount added, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(write => Insert(write, added, audit), cancellationToken);

    public Task<bool> SetPasswordAsync(PasswordChange change, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                var changed = write.Execute(
                    """
                    UPDATE operators
                    SET password_hash = $to_hash, security_stamp = $to_stamp, must_change_password = $must_change
                    WHERE id = $id AND password_hash = $from_hash;
                    """,
                    ("$id", change.OperatorId),
                    ("$from_hash", change.FromHash),
                    ("$to_hash", change.ToHash),
                    ("$to_stamp", change.ToStamp),
                    ("$must_change", change.MustChange ? 1 : 0)) == 1;
                if (changed)
                {
                    audits.Append(write, audit);
                }

                return changed;
            },
            cancellationToken);

    private bool Insert(SqliteWrite write, OperatorAccount added, AuditEntry audit)
    {
        var inserted = write.Execute(
            """
            INSERT INTO operators (id, user_name, normalized_name, password_hash, security_stamp, role, enabled,
                must_change_password, created_at)
            VALUES ($id, $user_name, $normalized_name, $password_hash, $security_stamp, $role, $enabled,
                $must_change_password, $created_at)
            ON CONFLICT (normalized_name) DO NOTHING;
            """,
            ("$id", added.Id),
            ("$user_name", added.UserName),
            ("$normalized_name", UserNames.Normalize(added.UserName)),
            ("$password_hash", added.PasswordHash),
            ("$security_stamp", added.SecurityStamp),
            ("$role", added.Role),
            ("$enabled", added.IsEnabled ? 1 : 0),
            ("$must_change_password", added.MustChangePassword ? 1 : 0),
            ("$created_at", added.CreatedAt.ToUnixTimeMilliseconds())) == 1;
        if (inserted)
        {
            audits.Append(write, audit);
        }

        return inserted;
    }

    private sealed record Row(
        string Id,
        string UserName,
        string PasswordHash,
        string SecurityStamp,
        string Role,
        long Enabled,
        long MustChangePassword,
        long CreatedAt)
    {
        public OperatorAccount ToOperator() => new()
        {
            Id = Id,
            UserName = UserName,
            PasswordHash = PasswordHash,
            SecurityStamp = SecurityStamp,
            Role = Role,
            IsEnabled = Enabled != 0,
            MustChangePassword = MustChangePassword != 0,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        };
    }
}
