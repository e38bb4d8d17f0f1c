using System.Globalization;
using Dapper;
using Dashboard.Core.Primitives;
using Dashboard.Core.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Storage.Sqlite;

/// <summary>
/// The one SQLite file: opened once, written by one <see cref="SqliteWriter"/>, read by pooled connections beside it.
/// </summary>
internal sealed class SqliteDatabase(IOptions<SignetOptions> options, SqliteFile file, StoreMeters meters, TimeProvider clock)
    : IStorage, IAsyncDisposable
{
    private const string Name = "sqlite";

    // Columns are snake_case, members are not.
    static SqliteDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private readonly string _readConnection = new SqliteConnectionStringBuilder
    {
        DataSource = PathOf(options.Value),
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = true,
    }.ToString();

    private FileStream? _lock;
    private SqliteWriter? _writer;
    private long _seenVersion;

    private SqliteWriter Writer => _writer ?? throw new InvalidOperationException("The database was not opened.");

    /// <summary>Where the file is.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(PathOf(options.Value));

    /// <summary>
    /// Creates or opens the file, refusing one that is damaged, newer than this program or only half filled, and brings it to
    /// the newest format.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        Open();
        RefuseUnfinished();

        // Before anything is read into memory: what another process commits from here on is noticed.
        _ = await WasChangedElsewhereAsync(cancellationToken);
    }

    /// <summary>
    /// The same without the lock: a command writes a few rows beside the server, which SQLite's own locks allow, and the
    /// server notices (<see cref="WasChangedElsewhereAsync"/>).
    /// </summary>
    public Task OpenBesideAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path))
        {
            throw new StartupException(
                $"There is no database {Path}. Point Signet:DataFolder at the folder of the deployment; a new one is made by "
                + "starting Signet.",
                StartupException.StoreUnusable);
        }

        OpenToLook();
        RefuseUnfinished();
        _writer = new SqliteWriter(file.Open(Path));
        return Task.CompletedTask;
    }

    /// <summary>
    /// True where another process committed something since the last call: SQLite counts the commits of all connections but
    /// the one that asks, and this process writes with that one alone.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The file could not be read.</exception>
    public async Task<bool> WasChangedElsewhereAsync(CancellationToken cancellationToken)
    {
        // Not measured: every second it asks the writer, and writes nothing.
        var version = await Writer.EnqueueAsync(write => write.Scalar<long>("PRAGMA data_version;"), cancellationToken);
        return Interlocked.Exchange(ref _seenVersion, version) != version;
    }

    /// <summary>The same for a migration, which fills what is half filled.</summary>
    public void Open()
    {
        DataFolder.Create(options.Value.DataFolder);
        _lock = SqliteFile.Lock(PathOf(options.Value));
        _writer = new SqliteWriter(file.Open(PathOf(options.Value)));
    }

    /// <summary>Makes sure that the file can be read as it is, beside a server that works on it; it can't be written.</summary>
    /// <exception cref="StartupException">It has another format than this program's.</exception>
    public void OpenToLook()
    {
        var format = QueryFirst<long>("PRAGMA user_version;");
        if (format != SqliteMigrations.Newest)
        {
            throw new StartupException(
                $"The database {Path} has format {format}, but only format {SqliteMigrations.Newest} can be looked into without "
                + "changing it. Start this version of Signet on it once: that brings an older one to this format.",
                StartupException.StoreUnusable);
        }
    }

    /// <summary>Replaces the file by a new, empty one; returns where the old one is kept, where it is to be.</summary>
    public async Task<string?> StartAnewAsync(bool keepsOld)
    {
        await CloseFileAsync();
        var kept = keepsOld ? $"{Path}.{clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.bak" : null;

        // The log goes with the file, should somebody have kept it open: left behind, it would be taken for the new one's.
        foreach (var part in (string[])["-wal", "-shm", ""])
        {
            if (kept is null)
            {
                File.Delete(Path + part);
            }
            else if (File.Exists(Path + part))
            {
                File.Move(Path + part, kept + part);
            }
        }

        _writer = new SqliteWriter(file.Open(PathOf(options.Value)));
        return kept;
    }

    /// <summary>
    /// Runs one unit of work on the writer. When the task completes, the work is on disk; when it fails, nothing of it is.
    /// The work may run twice (a neighbour in the same group failed), so it must only touch the database.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The file could not be written.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteWrite, T> work, CancellationToken cancellationToken)
    {
        var call = meters.BeginWrite(Name);
        try
        {
            return await Writer.EnqueueAsync(work, cancellationToken);
        }
        catch (Exception exception) when (exception is not TermOverException)
        {
            call.Fail(exception);
            throw;
        }
        finally
        {
            call.Dispose();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{SqliteWrite, T}, CancellationToken)"/>
    public Task WriteAsync(Action<SqliteWrite> work, CancellationToken cancellationToken) =>
        WriteAsync(
            write =>
            {
                work(write);
                return true;
            },
            cancellationToken);

    /// <summary>As above, where the term is that of the leader; otherwise nothing happens.</summary>
    /// <exception cref="TermOverException">Another node leads.</exception>
    /// <exception cref="StoreUnavailableException">The file could not be written.</exception>
    public Task<T> WriteAsync<T>(Term term, Func<SqliteWrite, T> work, CancellationToken cancellationToken) =>
        WriteAsync(
            write => write.Scalar<long>("SELECT term FROM lease;") == term.Number ? work(write) : throw new TermOverException(),
            cancellationToken);

    /// <summary>
    /// As leader, runs a statement that deletes up to <c>$limit</c> rows whose time is before <c>$before</c>, in milliseconds;
    /// returns how many went.
    /// </summary>
    /// <inheritdoc cref="WriteAsync{T}(Term, Func{SqliteWrite, T}, CancellationToken)" path="/exception"/>
    public Task<int> PurgeAsync(string sql, DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        WriteAsync(
            term,
            write => write.Execute(sql, ("$before", before.ToUnixTimeMilliseconds()), ("$limit", limit)),
            cancellationToken);

    /// <summary>Runs one read on a pooled read-only connection, off the caller's thread's locks.</summary>
    /// <exception cref="StoreUnavailableException">The file could not be read.</exception>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        var call = meters.BeginRead(Name);
        try
        {
            using var connection = new SqliteConnection(_readConnection);
            connection.Open();
            return read(connection);
        }
        catch (SqliteException exception)
        {
            StoreUnavailableException unavailable = new("The database could not be read.", exception);
            call.Fail(unavailable);
            throw unavailable;
        }
        finally
        {
            call.Dispose();
        }
    }

    /// <summary>
    /// A connection of the caller's own that sees the file as it is at this moment for as long as it is open. The log of the
    /// file grows meanwhile by what is written.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The file could not be read.</exception>
    public SqliteConnection OpenSnapshot() => Guard(() =>
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_readConnection) { Pooling = false }.ToString());
        try
        {
            connection.Open();

            // The moment is that of the first read.
            connection.Execute("BEGIN; SELECT COUNT(*) FROM store;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    /// <summary>Runs a read of a connection of one's own.</summary>
    /// <exception cref="StoreUnavailableException">The file could not be read.</exception>
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException exception)
        {
            throw new StoreUnavailableException("The database could not be read.", exception);
        }
    }

    /// <summary>Maps the rows of one statement; parameters are the members of <paramref name="parameters"/>.</summary>
    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null) =>
        Read(connection => connection.Query<T>(sql, parameters).AsList());

    /// <summary>Maps the first row of one statement, or null.</summary>
    public T? QueryFirst<T>(string sql, object? parameters = null) =>
        Read(connection => connection.QueryFirstOrDefault<T>(sql, parameters));

    public async ValueTask DisposeAsync()
    {
        await CloseFileAsync();
        if (_lock is not null)
        {
            await _lock.DisposeAsync();
        }
    }

    private async Task CloseFileAsync()
    {
        // Readers first: the last connection to close moves the log into the file, and a read-only one cannot.
        using (var pooled = new SqliteConnection(_readConnection))
        {
            SqliteConnection.ClearPool(pooled);
        }

        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }
    }

    private void RefuseUnfinished()
    {
        if (QueryFirst<string>("SELECT value FROM store WHERE name = @name;", new { name = StoreFacts.MigratingFrom }) is { } from)
        {
            throw StoreFacts.Unfinished(Path, from);
        }
    }

    internal static string PathOf(SignetOptions options) => System.IO.Path.Combine(options.DataFolder, "signet.db");

    internal static string Invariant(long value) => value.ToString(CultureInfo.InvariantCulture);
}
