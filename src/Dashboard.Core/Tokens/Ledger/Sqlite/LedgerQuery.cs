using System.Text;
using Dashboard.Core.Primitives;
using Microsoft.Data.Sqlite;

namespace Dashboard.Core.Tokens.Ledger.Sqlite;

/// <summary>
/// Turns a filter into statements that each follow one index. Columns that the chosen way does not answer are written with
/// a unary plus, which keeps the planner from leaving the way for them.
/// </summary>
internal sealed class LedgerQuery
{
    private readonly SqliteConnection _connection;
    private readonly IReadOnlyList<LedgerWay> _ways;
    private readonly List<(string Name, object Value)> _parameters = [];
    private readonly string _rest;

    public LedgerQuery(SqliteConnection connection, LedgerFilter filter, DateTimeOffset now)
    {
        _connection = connection;
        (_ways, var rest) = LedgerWays.Choose(connection, filter, now);
        _rest = Conditions(rest, now);
    }

    /// <summary>True where an index alone tells what matches.</summary>
    public bool FollowsOneIndex => _rest is "";

    /// <summary>Reads up to <paramref name="limit"/> rows before the cursor, newest first.</summary>
    public List<LedgerEntry> Read(PageCursor? cursor, int limit)
    {
        List<LedgerEntry> rows = [];
        using var command = Command(
            $"""
            SELECT {LedgerRow.Columns} FROM ledger
            WHERE $condition AND (issued_at, token_id) < ($at, $id){_rest}
            ORDER BY issued_at DESC, token_id DESC LIMIT $limit;
            """);
        command.Parameters.AddWithValue("$at", cursor?.At.ToUnixTimeMilliseconds() ?? long.MaxValue);
        command.Parameters.AddWithValue("$id", cursor?.Id ?? "");
        command.Parameters.AddWithValue("$limit", limit);
        ForEachWay(command, () =>
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(LedgerRow.Read(reader));
            }
        });

        return _ways.Count == 1
            ? rows
            : [
                .. rows.OrderByDescending(row => row.IssuedAt)
                    .ThenByDescending(row => row.TokenId, StringComparer.Ordinal)
                    .Take(limit),
            ];
    }

    /// <summary>
    /// Counts what matches, looking at no more than <paramref name="most"/> rows of any way. Capped means: at least so many.
    /// </summary>
    public (long Count, bool IsCapped) Count(int most)
    {
        var (count, isCapped) = (0L, false);
        using var command = Command(
            $"""
            SELECT COUNT(*), COALESCE(SUM(matches), 0) FROM (
                SELECT (1 = 1{_rest}) AS matches FROM ledger WHERE $condition LIMIT $limit);
            """);
        command.Parameters.AddWithValue("$limit", most + 1);
        ForEachWay(command, () =>
        {
            using var reader = command.ExecuteReader();
            reader.Read();
            count += reader.GetInt64(1);
            isCapped |= reader.GetInt64(0) > most;
        });
        return (Math.Min(count, most), isCapped || count > most);
    }

    /// <summary>Sums up what matches, and of what is signed the latest expiry, looking at no more than <paramref name="most"/> matching rows of any way.</summary>
    public (long Tokens, HashSet<string> Clients, HashSet<string> Subjects, long LastExpiry) Sum(int most)
    {
        HashSet<string> tokens = new(StringComparer.Ordinal);
        HashSet<string> clients = new(StringComparer.Ordinal);
        HashSet<string> subjects = new(StringComparer.Ordinal);
        var lastExpiry = 0L;
        using var command = Command(
            $"SELECT token_id, client, subject, IIF(key_id = '', 0, expires_at) FROM ledger WHERE $condition{_rest} LIMIT $limit;");
        command.Parameters.AddWithValue("$limit", most);
        ForEachWay(command, () =>
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                tokens.Add(reader.GetString(0));
                subjects.Add(reader.GetString(2));
                lastExpiry = Math.Max(lastExpiry, reader.GetInt64(3));
                if (!reader.IsDBNull(1))
                {
                    clients.Add(reader.GetString(1));
                }
            }
        });
        return (tokens.Count, clients, subjects, lastExpiry);
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in _parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private void ForEachWay(SqliteCommand command, Action run)
    {
        var template = command.CommandText;
        var value = command.Parameters.AddWithValue("$way", DBNull.Value);
        var prefix = command.Parameters.AddWithValue("$prefix", DBNull.Value);
        string? condition = null;
        foreach (var way in _ways)
        {
            // The same text again keeps the prepared statement.
            if (condition != way.Condition)
            {
                condition = way.Condition;
                command.CommandText = template.Replace("$condition", condition, StringComparison.Ordinal);
            }

            value.Value = way.Value ?? DBNull.Value;
            prefix.Value = way.Prefix ?? (object)DBNull.Value;
            run();
        }
    }

    private string Conditions(LedgerFilter filter, DateTimeOffset now)
    {
        var sql = new StringBuilder();
        Add("+kind = $kind", "$kind", filter.Kind?.Name);
        Add("+subject = $subject", "$subject", filter.Subject);
        Add("+client = $client", "$client", filter.Client);
        Add("+session = $session", "$session", filter.Session);
        Add("+family = $family", "$family", filter.Family);
        Add("+key_id = $key_id", "$key_id", filter.KeyId);
        Add("instr(' ' || scope || ' ', ' ' || $scope || ' ') > 0", "$scope", filter.Scope);
        Add("issued_at >= $issued_from", "$issued_from", filter.IssuedFrom?.ToUnixTimeMilliseconds());
        Add("issued_at < $issued_to", "$issued_to", filter.IssuedTo?.ToUnixTimeMilliseconds());
        Add("+expires_at >= $expires_from", "$expires_from", filter.ExpiresFrom?.ToUnixTimeMilliseconds());
        Add("+expires_at < $expires_to", "$expires_to", filter.ExpiresTo?.ToUnixTimeMilliseconds());
        Add("+revoked_at >= $revoked_from", "$revoked_from", filter.RevokedFrom?.ToUnixTimeMilliseconds());
        Add(
            "(substr(token_id, 1, length($text)) = $text OR substr(subject, 1, length($text)) = $text "
            + "OR substr(client, 1, length($text)) = $text)",
            "$text",
            filter.Text);
        Add("+first_presented_at IS NULL", "$never", filter.NeverPresented ? 1 : null);
        Add(
            filter.Status switch
            {
                TokenStatus.Live => "+revoked_at IS NULL AND +expires_at > $now",
                TokenStatus.Expired => "+revoked_at IS NULL AND +expires_at <= $now",
                _ => "+revoked_at IS NOT NULL",
            },
            "$now",
            filter.Status is null ? null : now.ToUnixTimeMilliseconds());
        return sql.ToString();

        void Add(string condition, string name, object? value)
        {
            if (value is not null)
            {
                sql.Append(" AND ").Append(condition);
                _parameters.Add((name, value));
            }
        }
    }
}
