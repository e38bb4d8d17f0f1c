using System.Globalization;
using System.Text.Json;
using Dapper;
using Dashboard.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.Core.Storage.Migration.Sqlite;

/// <summary>Any table in SQLite: its columns are those of the schema.</summary>
/// <param name="database">The file.</param>
/// <param name="name">The table.</param>
/// <param name="key">The columns that tell its rows apart and have an index in this order; <c>rowid</c> where that is best.</param>
/// <param name="snapshot">What it is read through; null to read what the file holds by then.</param>
internal sealed class SqliteTable(
    SqliteDatabase database, string name, IReadOnlyList<string> key, SqliteSnapshot? snapshot = null) : IStoreTable
{
    private string[]? _columns;
    private string? _insert;

    private string[] Columns => _columns ??=
    [
        .. database.Query<string>("SELECT name FROM pragma_table_info(@name);", new { name }).Order(StringComparer.Ordinal),
    ];

    // Rows that are there are passed over, as are their triggers: nothing here changes or deletes.
    private string Insert => _insert ??=
        $"INSERT INTO {name} ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(Parameter))}) ON CONFLICT DO NOTHING;";

    /// <summary>The same table as it was at one moment.</summary>
    public SqliteTable In(SqliteSnapshot moment) => new(database, name, key, moment);

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Read(connection => connection.QuerySingle<long>($"SELECT COUNT(*) FROM {name};")));

    public Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Read(connection => Read(connection, after, limit)));

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken)
    {
        if (rows.SelectMany(row => row.Columns).FirstOrDefault(column => !Columns.Contains(column.Name)) is { Name: { } unknown })
        {
            throw new InvalidDataException($"The table {name} has no column {unknown}.");
        }

        return database.WriteAsync(
            write =>
            {
                foreach (var row in rows)
                {
                    write.Execute(Insert, [.. Columns.Select(column => (Parameter(column), row[column]))]);
                }
            },
            cancellationToken);
    }

    private T Read<T>(Func<SqliteConnection, T> read) => snapshot is null ? database.Read(read) : snapshot.Read(read);

    private TablePage Read(SqliteConnection connection, string? after, int limit)
    {
        using var command = connection.CreateCommand();
        var keys = string.Join(", ", key);
        var behind = after is null ? "" : $"WHERE ({keys}) > ({string.Join(", ", key.Select(Parameter))})";
        command.CommandText = $"SELECT {keys}, {string.Join(", ", Columns)} FROM {name} {behind} ORDER BY {keys} LIMIT $limit;";
        command.Parameters.AddWithValue("$limit", limit);
        if (after is not null)
        {
            foreach (var (column, value) in key.Zip(ParseKey(after)))
            {
                command.Parameters.AddWithValue(Parameter(column), value);
            }
        }

        using var reader = command.ExecuteReader();
        List<StoreRow> rows = [];
        string? last = null;
        while (reader.Read())
        {
            rows.Add(new StoreRow(Columns.Select((column, index) => (column, ValueOf(reader, key.Count + index)))));
            last = rows.Count == limit ? WriteKey(reader) : null;
        }

        return new TablePage(rows, last);
    }

    private static object? ValueOf(SqliteDataReader reader, int index) =>
        reader.GetValue(index) is var value and not DBNull ? value : null;

    private string WriteKey(SqliteDataReader reader) => JsonSerializer.Serialize(
        key.Select((_, index) => reader.GetValue(index) switch
        {
            long number => $"n{number.ToString(CultureInfo.InvariantCulture)}",
            byte[] bytes => $"b{Convert.ToBase64String(bytes)}",
            var text => $"t{text}",
        }));

    private static IEnumerable<object> ParseKey(string text) => JsonSerializer.Deserialize<string[]>(text)!.Select<string, object>(
        value => value[0] switch
        {
            'n' => long.Parse(value.AsSpan(1), CultureInfo.InvariantCulture),
            'b' => Convert.FromBase64String(value[1..]),
            _ => value[1..],
        });

    private static string Parameter(string column) => $"${column}";
}
