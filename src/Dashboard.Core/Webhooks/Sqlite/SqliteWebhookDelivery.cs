using Dashboard.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.Core.Webhooks.Sqlite;

/// <summary>Reads and writes a delivery's row.</summary>
internal static class SqliteWebhookDelivery
{
    public const string Columns = """
        id, webhook_id, message_id, type, kind, severity, message_at, body, state, created_at, queued_at, due_at, tries, attempts,
        ended_at, given_up_because, version
        """;

    public static WebhookDeliveryRow Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.GetString(5),
        row.GetInt64(6),
        row.GetString(7),
        row.GetString(8),
        row.GetInt64(9),
        row.GetInt64(10),
        row.IsDBNull(11) ? null : row.GetInt64(11),
        row.GetInt64(12),
        row.GetString(13),
        row.IsDBNull(14) ? null : row.GetInt64(14),
        row.IsDBNull(15) ? null : row.GetString(15),
        row.GetInt64(16));

    /// <summary>Not where it is there already, or its webhook is gone.</summary>
    public static int Insert(SqliteWrite write, WebhookDeliveryRow row) => write.Execute(
        $"""
        INSERT INTO webhook_deliveries ({Columns})
        SELECT $id, $webhook_id, $message_id, $type, $kind, $severity, $message_at, $body, $state, $created_at, $queued_at, $due_at,
            $tries, $attempts, $ended_at, $given_up_because, $version
        WHERE EXISTS (SELECT 1 FROM webhooks WHERE id = $webhook_id)
        ON CONFLICT DO NOTHING;
        """,
        ("$id", row.Id),
        ("$webhook_id", row.WebhookId),
        ("$message_id", row.MessageId),
        ("$type", row.Type),
        ("$kind", row.Kind),
        ("$severity", row.Severity),
        ("$message_at", row.MessageAt),
        ("$body", row.Body),
        ("$state", row.State),
        ("$created_at", row.CreatedAt),
        ("$queued_at", row.QueuedAt),
        ("$due_at", row.DueAt),
        ("$tries", row.Tries),
        ("$attempts", row.Attempts),
        ("$ended_at", row.EndedAt),
        ("$given_up_because", row.GivenUpBecause),
        ("$version", row.Version));

    /// <summary>Not where its version is another by now.</summary>
    public static int Update(SqliteWrite write, WebhookDeliveryRow row) => write.Execute(
        """
        UPDATE webhook_deliveries
        SET state = $state, queued_at = $queued_at, due_at = $due_at, tries = $tries, attempts = $attempts, ended_at = $ended_at,
            given_up_because = $given_up_because, version = version + 1
        WHERE id = $id AND version = $version;
        """,
        ("$id", row.Id),
        ("$version", row.Version),
        ("$state", row.State),
        ("$queued_at", row.QueuedAt),
        ("$due_at", row.DueAt),
        ("$tries", row.Tries),
        ("$attempts", row.Attempts),
        ("$ended_at", row.EndedAt),
        ("$given_up_because", row.GivenUpBecause));
}
