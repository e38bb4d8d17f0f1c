using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Sqlite;

/// <summary>Applies the numbered, embedded scripts that the file does not have yet: each once, forward only.</summary>
internal static class SqliteMigrations
{
    private static readonly SortedDictionary<int, string> Scripts = Find();

    /// <summary>The format this program writes.</summary>
    public static int Newest => Scripts.Keys.Last();

    public static void Apply(SqliteConnection connection, string path, ILogger logger)
    {
        var version = Version(connection);
        foreach (var (number, resource) in Scripts.Where(script => script.Key > version))
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, transaction, Read(resource));
            Execute(connection, transaction, $"PRAGMA user_version = {SqliteDatabase.Invariant(number)};");
            transaction.Commit();
            logger.Migrated(path, number);
        }
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version;";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SortedDictionary<int, string> Find()
    {
        SortedDictionary<int, string> scripts = [];
        foreach (var name in typeof(SqliteMigrations).Assembly.GetManifestResourceNames())
        {
            if (name.EndsWith(".sql", StringComparison.Ordinal))
            {
                var file = name[(name.LastIndexOf('.', name.Length - 5) + 1)..];
                scripts.Add(int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), name);
            }
        }

        return scripts;
    }

    private static string Read(string resource)
    {
        using var stream = typeof(SqliteMigrations).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
