using Dapper;
using Dashboard.Core.Scopes;
using Microsoft.Data.Sqlite;

namespace Dashboard.Core.Tokens.Ledger.Sqlite;

/// <summary>
/// One way into the ledger: a condition that an index answers in the order of issuing. A filter that no single index
/// answers (the beginning of a text, one scope of several) becomes several ways whose rows are merged.
/// </summary>
/// <param name="Condition">SQL over the columns of one index; its value is <c>$way</c>.</param>
/// <param name="Value">What <c>$way</c> stands for; null where the condition has none.</param>
/// <param name="Prefix">What <c>$prefix</c> stands for; null where the condition has none.</param>
internal sealed record LedgerWay(string Condition, object? Value, string? Prefix = null)
{
    /// <summary>Along the time of issuing, past every row.</summary>
    public static readonly LedgerWay ByTime = new("1 = 1", null);
}

/// <summary>Chooses the ways for a filter.</summary>
internal static class LedgerWays
{
    private const int MostValues = 200;

    /// <summary>Sorting this many rows is cheaper than walking past all others.</summary>
    public const int FewRows = 10_000;

    // Sorts after every text that begins with the prefix.
    private const string End = "\U0010FFFF";

    /// <summary>The ways, and the part of the filter that they answer and that need not be tested again.</summary>
    public static (IReadOnlyList<LedgerWay> Ways, LedgerFilter Remainder) Choose(
        SqliteConnection connection, LedgerFilter filter, DateTimeOffset now) => filter switch
        {
            { Family: { } family } => ([new("family = $way", family)], filter with { Family = null }),
            { Session: { } session } => ([new("session = $way", session)], filter with { Session = null }),
            { Text: { } text } when FindByText(connection, text) is { } ways => (ways, filter with { Text = null }),
            { Subject: { } subject } => ([new("subject = $way", subject)], filter with { Subject = null }),
            { Client: { } client } => ([new("client = $way", client)], filter with { Client = null }),
            { KeyId: { } keyId } => ([new("key_id = $way", keyId)], filter with { KeyId = null }),
            { Scope: { } scope } when FindByScope(connection, scope) is { } ways => (ways, filter with { Scope = null }),
            { NeverPresented: true } => ([new("first_presented_at IS NULL", null)], filter with { NeverPresented = false }),
            { Status: TokenStatus.Revoked } => ([new("revoked_at IS NOT NULL", null)], filter with { Status = null }),
            { RevokedFrom: not null } => ([new("revoked_at IS NOT NULL", null)], filter),
            { Kind: { } kind } => ([new("kind = $way", kind.Name)], filter with { Kind = null }),
            { Status: TokenStatus.Live } when AreFew(connection, "expires_at > $way", now) =>
                ([new("expires_at > $way", now.ToUnixTimeMilliseconds())], filter),
            { Status: TokenStatus.Expired } when AreFew(connection, "expires_at <= $way", now) =>
                ([new("expires_at <= $way", now.ToUnixTimeMilliseconds())], filter),
            _ => ([LedgerWay.ByTime], filter),
        };

    private static IReadOnlyList<LedgerWay>? FindByText(SqliteConnection connection, string text)
    {
        var subjects = Distinct(connection, "subject", text, text + End);
        var clients = Distinct(connection, "client", text, text + End);
        return subjects is null || clients is null
            ? null
            :
            [
                new("token_id >= $way AND token_id < $way || '" + End + "'", text),
                .. subjects.Select(subject => new LedgerWay($"subject = $way{Without("token_id")}", subject, text)),
                .. clients.Select(client => new LedgerWay(
                    // The subject is in no index of clients: it is looked up only where it can matter.
                    $"client = $way{Without("token_id")}{(subjects is [] ? "" : Without("subject"))}", client, text)),
            ];

        // Each row lies on one way only, or it would be counted twice.
        static string Without(string column) => $" AND substr({column}, 1, length($prefix)) <> $prefix";
    }

    private static List<LedgerWay>? FindByScope(SqliteConnection connection, string scope) =>
        Distinct(connection, "scope", "", End)?
            .Where(combination => ScopeText.Split(combination).Contains(scope))
            .Select(combination => new LedgerWay("scope = $way", combination))
            .ToList();

    private static bool AreFew(SqliteConnection connection, string condition, DateTimeOffset now) =>
        connection.ExecuteScalar<int>(
            $"SELECT COUNT(*) FROM (SELECT 1 FROM ledger WHERE {condition} LIMIT {FewRows + 1});",
            new { way = now.ToUnixTimeMilliseconds() }) <= FewRows;

    // Jumps from value to value in the index instead of reading its rows; null where there are too many values.
    private static List<string>? Distinct(SqliteConnection connection, string column, string from, string to)
    {
        var values = connection.Query<string>(
            $"""
            WITH RECURSIVE found(value) AS (
                SELECT MIN({column}) FROM ledger WHERE {column} >= $from AND {column} < $to
                UNION ALL
                SELECT (SELECT MIN({column}) FROM ledger WHERE {column} > found.value AND {column} < $to)
                FROM found WHERE found.value IS NOT NULL
                LIMIT {MostValues + 2})
            SELECT value FROM found WHERE value IS NOT NULL;
            """,
            new { from, to }).AsList();
        return values.Count > MostValues ? null : values;
    }
}
