using Microsoft.Data.Sqlite;

namespace Dashboard.Core.Tokens.Ledger.Sqlite;

/// <summary>Maps a row of the ledger.</summary>
internal static class LedgerRow
{
    public const string Columns = """
        token_id, kind, subject, client, session, scope, audience, key_id, issued_at, expires_at, issued_by, claims, defect,
        first_presented_at, first_presented_ip, first_presented_agent, first_presented_to,
        last_presented_at, last_presented_ip, last_presented_agent, last_presented_to, revoked_at, revoked_by, revoked_reason,
        family, granted_at
        """;

    public static LedgerEntry Read(SqliteDataReader row) => new()
    {
        TokenId = row.GetString(0),
        Kind = TokenKinds.Parse(row.GetString(1)) ?? throw new InvalidDataException("The ledger holds an unknown kind."),
        Subject = row.GetString(2),
        Client = Text(row, 3),
        Session = Text(row, 4),
        Scope = row.GetString(5),
        Audience = row.GetString(6),
        KeyId = row.GetString(7),
        IssuedAt = Time(row, 8),
        ExpiresAt = Time(row, 9),
        IssuedBy = row.GetString(10),
        Claims = row.GetString(11),
        Defect = Text(row, 12),
        Presented = row.IsDBNull(13) ? null : new PresentationSpan(Shown(row, 13), Shown(row, 17)),
        Revoked = row.IsDBNull(21) ? null : new RevocationStamp(Time(row, 21), row.GetString(22), row.GetString(23)),
        Family = Text(row, 24),
        GrantedAt = row.IsDBNull(25) ? null : Time(row, 25),
    };

    private static Presentation Shown(SqliteDataReader row, int column) =>
        new(Time(row, column), Text(row, column + 1), Text(row, column + 2), row.GetString(column + 3));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
