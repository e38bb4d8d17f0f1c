using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Clients.Registration.Sqlite;

internal sealed class SqliteRegistrationPolicyStore(SqliteDatabase database, SqliteAuditStore audits) : IRegistrationPolicyStore
{
    public Task<RegistrationPolicy?> FindAsync(CancellationToken cancellationToken) => Task.FromResult(
        database.QueryFirst<RegistrationPolicyRow>("SELECT mode, client_lifetime, scopes, version FROM registration_policy;")
            ?.ToPolicy());

    public Task<bool> ReplaceAsync(RegistrationPolicy changed, AuditEntry audit, CancellationToken cancellationToken)
    {
        var row = RegistrationPolicyRow.Of(changed);
        return database.WriteAsync(
            write =>
            {
                var replaced = write.Execute(
                    """
                    INSERT INTO registration_policy (id, mode, client_lifetime, scopes, version)
                    SELECT 1, $mode, $client_lifetime, $scopes, $version + 1
                    WHERE (SELECT COALESCE(MAX(version), 0) FROM registration_policy) = $version
                    ON CONFLICT (id) DO UPDATE
                    SET mode = excluded.mode, client_lifetime = excluded.client_lifetime, scopes = excluded.scopes,
                        version = excluded.version;
                    """,
                    ("$mode", row.Mode),
                    ("$client_lifetime", row.ClientLifetime),
                    ("$scopes", row.Scopes),
                    ("$version", row.Version)) == 1;
                if (replaced)
                {
                    audits.Append(write, audit);
                }

                return replaced;
            },
            cancellationToken);
    }
}
