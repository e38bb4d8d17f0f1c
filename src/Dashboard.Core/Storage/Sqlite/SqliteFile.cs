using System.Globalization;
using Dashboard.Core.Primitives;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Sqlite;

/// <summary>Opens the database file for writing: permissions, pragmas, integrity, migrations.</summary>
internal sealed class SqliteFile(ILogger<SqliteFile> logger)
{
    private const long LargestToCheck = 64 * 1024 * 1024;

    /// <summary>Opens the file for writing and brings it to the newest format.</summary>
    public SqliteConnection Open(string path)
    {
        var isNew = !File.Exists(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());

        try
        {
            RefuseEmptyFile(path, isNew);
            connection.Open();
            Restrict(path);
            Check(connection, path);
            Configure(connection);
            SqliteMigrations.Apply(connection, path, logger);
            return connection;
        }
        catch (Exception exception) when (exception is SqliteException or UnauthorizedAccessException or IOException)
        {
            connection.Dispose();
            throw new StartupException(
                $"The database {path} cannot be used: {exception.Message} It was left as it is. Restore a backup, give "
                + "the process write access, or point Signet:DataFolder at another folder.",
                StartupException.StoreUnusable,
                exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Keeps other servers off the file for as long as the stream is open: each believes its memory, and would not hear
    /// of the other's revocations.
    /// </summary>
    public static FileStream Lock(string path)
    {
        try
        {
            var file = path + ".lock";
            var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Restrict(file);
            return stream;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The database {path} is already served by another Signet, or its folder cannot be written to. Stop the "
                + "other one, or point Signet:DataFolder at another folder.",
                StartupException.StoreUnusable,
                exception);
        }
    }

    // SQLite takes an empty file for a new database; ours is never empty, so an empty one is damage.
    private static void RefuseEmptyFile(string path, bool isNew)
    {
        if (!isNew && new FileInfo(path).Length == 0)
        {
            throw new IOException("the file is empty, though a database was here.");
        }
    }

    private static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static void Check(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version;";
        var version = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > SqliteMigrations.Newest)
        {
            throw new StartupException(
                $"The database {path} has format {version}, but this program knows formats up to "
                + $"{SqliteMigrations.Newest}. Run the newer Signet that wrote it, or restore an older backup.",
                StartupException.StoreUnusable);
        }

        // Reads every page: worth it up to this size, beyond it a start would take minutes.
        command.CommandText = "PRAGMA quick_check(1);";
        if (new FileInfo(path).Length <= LargestToCheck && command.ExecuteScalar() is not "ok")
        {
            throw new IOException("the file is damaged (quick_check failed).");
        }
    }

    private static void Configure(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA busy_timeout = 5000;
            """;
        command.ExecuteNonQuery();
    }
}
