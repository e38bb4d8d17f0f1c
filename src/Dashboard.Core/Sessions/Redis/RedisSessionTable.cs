using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Sessions.Redis;

/// <summary>The sessions for migrations: those that are open, then those that have ended.</summary>
internal sealed class RedisSessionTable(RedisDatabase database)
    : RedisIndexedTable(database, Columns, database.Keys.OpenSessions, database.Keys.EndedSessions)
{
    private const string Add = RedisAuditScripts.Unaudited + RedisSessionScripts.Add;
    private const string End = RedisAuditScripts.Unaudited + RedisSessionScripts.End;

    private static readonly RedisColumns Columns = new(
        numbers: ["created_at", "last_seen_at", "ends_at", "ended_at", "proven_at", "second_factor_at", "challenged_at"], bytes: ["secret_hash"]);

    private readonly RedisSessionPlaces _places = new(database.Keys);

    // As they came about: begun, and then some of them ended.
    public override async Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken)
    {
        await Task.WhenAll(rows.Select(row => AddAsync(row, cancellationToken)));
        await Task.WhenAll(rows.Where(row => row["ended_at"] is not null).Select(row => EndAsync(row, cancellationToken)));
    }

    protected override RedisKey KeyOf(RedisValue member) => Database.Keys.Session(member!);

    private Task<RedisResult> AddAsync(StoreRow row, CancellationToken cancellationToken)
    {
        var keys = _places.ToAdd(row.Text("session"), row.Text("operator_id"), row.Text("kind"));
        RedisValue[] arguments =
        [
            row.Text("session"), PlaceOf(row), row.Number("last_seen_at"), row.Number("ends_at"), row.Text("kind"),
            .. RedisColumns.Write(row, without: ["ended_at", "ended_reason"]),
        ];
        return Database.EvaluateAsync(
            Add,
            row.FindBytes("secret_hash") is { } hash ? [.. keys, Database.Keys.SessionSecret(hash)] : keys,
            arguments,
            cancellationToken);
    }

    private Task<RedisResult> EndAsync(StoreRow row, CancellationToken cancellationToken) => Database.EvaluateAsync(
        End,
        _places.ToEnd(row.Text("session"), row.Text("operator_id"), row.Text("kind")),
        [row.Text("session"), PlaceOf(row), row.Number("ended_at"), row.Text("ended_reason")],
        cancellationToken);

    private static RedisValue PlaceOf(StoreRow row) => RedisSessionPlaces.Of(row.Number("created_at"), row.Text("session"));
}
