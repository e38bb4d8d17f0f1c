using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Webhooks.Sqlite;

internal sealed class SqliteWebhookStore(SqliteDatabase database, SqliteAuditStore audits) : IWebhookStore
{
    private const string Select = """
        SELECT id, name, url, minimum_severity, kinds, is_enabled, disabled_because, may_be_private, secret, secret_created_at,
            previous_secret, previous_created_at, previous_ends_at, created_by, created_at, version
        FROM webhooks
        """;

    public Task<IReadOnlyList<Webhook>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Webhook>>(
        [.. database.Query<WebhookRow>($"{Select} ORDER BY created_at DESC, id;").Select(row => row.ToWebhook())]);

    public Task<Webhook?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(database.QueryFirst<WebhookRow>($"{Select} WHERE id = @id;", new { id })?.ToWebhook());

    public Task<bool> AddAsync(Webhook added, int most, AuditEntry audit, CancellationToken cancellationToken) =>
        audits.ChangeAsync(write => Insert(write, WebhookRow.Of(added), most) == 1, audit, cancellationToken);

    public Task<bool> ReplaceAsync(Webhook changed, AuditEntry audit, CancellationToken cancellationToken) =>
        audits.ChangeAsync(write => Update(write, WebhookRow.Of(changed)) == 1, audit, cancellationToken);

    public Task<bool> DeleteAsync(string id, AuditEntry audit, CancellationToken cancellationToken) => audits.ChangeAsync(
        write =>
        {
            write.Execute("DELETE FROM webhook_deliveries WHERE webhook_id = $id;", ("$id", id));
            return write.Execute("DELETE FROM webhooks WHERE id = $id;", ("$id", id)) == 1;
        },
        audit,
        cancellationToken);

    private static int Insert(SqliteWrite write, WebhookRow row, int most) => write.Execute(
        """
        INSERT INTO webhooks (id, name, url, minimum_severity, kinds, is_enabled, disabled_because, may_be_private, secret,
            secret_created_at, previous_secret, previous_created_at, previous_ends_at, created_by, created_at, version)
        SELECT $id, $name, $url, $minimum_severity, $kinds, $is_enabled, $disabled_because, $may_be_private, $secret,
            $secret_created_at, $previous_secret, $previous_created_at, $previous_ends_at, $created_by, $created_at, $version
        WHERE (SELECT COUNT(*) FROM webhooks) < $most
        ON CONFLICT DO NOTHING;
        """,
        [.. ParametersOf(row), ("$created_by", row.CreatedBy), ("$created_at", row.CreatedAt), ("$most", most)]);

    private static int Update(SqliteWrite write, WebhookRow row) => write.Execute(
        """
        UPDATE webhooks
        SET name = $name, url = $url, minimum_severity = $minimum_severity, kinds = $kinds, is_enabled = $is_enabled,
            disabled_because = $disabled_because, may_be_private = $may_be_private, secret = $secret,
            secret_created_at = $secret_created_at, previous_secret = $previous_secret,
            previous_created_at = $previous_created_at, previous_ends_at = $previous_ends_at, version = version + 1
        WHERE id = $id AND version = $version;
        """,
        [.. ParametersOf(row)]);

    private static (string Name, object? Value)[] ParametersOf(WebhookRow row) =>
    [
        ("$id", row.Id),
        ("$name", row.Name),
        ("$url", row.Url),
        ("$minimum_severity", row.MinimumSeverity),
        ("$kinds", row.Kinds),
        ("$is_enabled", row.IsEnabled),
        ("$disabled_because", row.DisabledBecause),
        ("$may_be_private", row.MayBePrivate),
        ("$secret", row.Secret),
        ("$secret_created_at", row.SecretCreatedAt),
        ("$previous_secret", row.PreviousSecret),
        ("$previous_created_at", row.PreviousCreatedAt),
        ("$previous_ends_at", row.PreviousEndsAt),
        ("$version", row.Version),
    ];
}
