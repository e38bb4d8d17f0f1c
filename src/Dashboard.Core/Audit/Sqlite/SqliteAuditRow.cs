using System.Globalization;
using System.Text;

namespace Dashboard.Core.Audit.Sqlite;

/// <summary>
/// An entry as SQLite keeps it. A column may hold values of any type, so whatever somebody wrote there is read as what it should
/// be, and is then found to be something else than was written.
/// </summary>
internal sealed class SqliteAuditRow
{
    public long Number { get; init; }

    public object? At { get; init; }

    public object? Who { get; init; }

    public object? Role { get; init; }

    public object? Ip { get; init; }

    public object? Session { get; init; }

    public object? Action { get; init; }

    public object? ObjectKind { get; init; }

    public object? ObjectId { get; init; }

    public object? Reason { get; init; }

    public object? Before { get; init; }

    public object? After { get; init; }

    public object? PreviousHash { get; init; }

    public object? Hash { get; init; }

    public AuditRecord ToRecord() => new(
        Number,
        TimeOf(At),
        new AuditEntry(
            new Actor(TextOf(Who) ?? "", TextOf(Role), TextOf(Ip), TextOf(Session)),
            TextOf(Action) ?? "",
            TextOf(ObjectKind) ?? "",
            TextOf(ObjectId) ?? "",
            TextOf(Reason),
            TextOf(Before),
            TextOf(After)),
        BytesOf(PreviousHash),
        BytesOf(Hash));

    /// <summary>A time in Unix milliseconds; the beginning of them for what is no number.</summary>
    public static DateTimeOffset TimeOf(object? value) => value is long milliseconds ? AuditTimes.Read(milliseconds) : DateTimeOffset.UnixEpoch;

    /// <summary>A hash; an empty one for what is no blob.</summary>
    public static byte[] BytesOf(object? value) => value as byte[] ?? [];

    private static string? TextOf(object? value) => value switch
    {
        null => null,
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
