using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Operators.Sqlite;

internal sealed class SqliteOperatorStore(SqliteDatabase database, SqliteAuditStore audits) : IOperatorStore
{
    public Task<IReadOnlyList<OperatorAccount>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<OperatorAccount>>(
        [
            .. database.Query<Row>(
                """
                SELECT id, user_name, password_hash, security_stamp, role, enabled, must_change_password, created_at,
                    second_factors, version
                FROM operators;
                """).Select(row => row.ToOperator()),
        ]);

    public Task<bool> AddFirstAsync(OperatorAccount added, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => write.Scalar<long>("SELECT EXISTS (SELECT 1 FROM operators);") == 0 && Insert(write, added, audit),
            cancellationToken);

    public Task<bool> AddAsync(OperatorAccount added, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(write => Insert(write, added, audit), cancellationToken);

    public Task<OperatorReplacement> ReplaceAsync(
        OperatorAccount changed, AuditEntry? audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                if (!changed.IsActiveAdministrator && IsLastAdministrator(write, changed.Id))
                {
                    return OperatorReplacement.LastAdministrator;
                }

                if (!Update(write, changed))
                {
                    return OperatorReplacement.Overtaken;
                }

                if (audit is not null)
                {
                    audits.Append(write, audit);
                }

                return OperatorReplacement.Replaced;
            },
            cancellationToken);

    private static bool IsLastAdministrator(SqliteWrite write, string id) => write.Scalar<long>(
        """
        SELECT EXISTS (SELECT 1 FROM operators WHERE id = $id AND enabled = 1 AND role = $role)
            AND NOT EXISTS (SELECT 1 FROM operators WHERE id <> $id AND enabled = 1 AND role = $role);
        """,
        ("$id", id),
        ("$role", Roles.Administrator)) == 1;

    private static bool Update(SqliteWrite write, OperatorAccount changed) => write.Execute(
        """
        UPDATE operators
        SET password_hash = $password_hash, security_stamp = $security_stamp, role = $role, enabled = $enabled,
            must_change_password = $must_change_password, second_factors = $second_factors, version = version + 1
        WHERE id = $id AND version = $version;
        """,
        ("$id", changed.Id),
        ("$version", changed.Version),
        ("$password_hash", changed.PasswordHash),
        ("$security_stamp", changed.SecurityStamp),
        ("$role", changed.Role),
        ("$enabled", changed.IsEnabled ? 1 : 0),
        ("$must_change_password", changed.MustChangePassword ? 1 : 0),
        ("$second_factors", changed.SecondFactors.ToJson())) == 1;

    private bool Insert(SqliteWrite write, OperatorAccount added, AuditEntry audit)
    {
        var inserted = write.Execute(
            """
            INSERT INTO operators (id, user_name, normalized_name, password_hash, security_stamp, role, enabled,
                must_change_password, created_at, second_factors, version)
            VALUES ($id, $user_name, $normalized_name, $password_hash, $security_stamp, $role, $enabled,
                $must_change_password, $created_at, $second_factors, $version)
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
            ("$created_at", added.CreatedAt.ToUnixTimeMilliseconds()),
            ("$second_factors", added.SecondFactors.ToJson()),
            ("$version", added.Version)) == 1;
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
        long CreatedAt,
        string SecondFactors,
        long Version)
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
            SecondFactors = OperatorSecondFactors.Parse(SecondFactors),
            Version = Version,
        };
    }
}
