using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Data.Sqlite;

namespace Dashboard.Tests.Unit.Storage;

public sealed class SqliteWriterTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SqliteDatabase Database => _host.Database;

    public async ValueTask InitializeAsync()
    {
        _host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        await Database.WriteAsync(write => write.Execute("CREATE TABLE things (id INTEGER PRIMARY KEY);"), Stop);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Write_is_durable_with_every_pragma_set()
    {
        Assert.Equal("wal", await Database.WriteAsync(write => write.Scalar<string>("PRAGMA journal_mode;"), Stop));
        Assert.Equal(2, await Database.WriteAsync(write => write.Scalar<long>("PRAGMA synchronous;"), Stop));
        Assert.Equal(1, await Database.WriteAsync(write => write.Scalar<long>("PRAGMA foreign_keys;"), Stop));
        Assert.Equal(5_000, await Database.WriteAsync(write => write.Scalar<long>("PRAGMA busy_timeout;"), Stop));
    }

    [Fact]
    public async Task Failing_unit_harms_none_of_its_neighbours()
    {
        using var gate = new ManualResetEventSlim();
        var blocking = await BlockAsync(gate);
        var first = AddAsync(1);
        var failing = Database.WriteAsync(
            write =>
            {
                write.Execute("INSERT INTO things (id) VALUES (99);");
                throw new InvalidOperationException("This unit changed its mind.");
            },
            Stop);
        var duplicate = AddAsync(1);
        var last = AddAsync(2);

        gate.Set();

        await Task.WhenAll(blocking, first, last);
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => duplicate);
        Assert.Equal([1, 2], Ids());
    }

    [Fact]
    public async Task Units_that_wait_share_one_commit()
    {
        using var gate = new ManualResetEventSlim();
        var blocking = await BlockAsync(gate);
        var runs = 0;
        var counted = Database.WriteAsync(_ => Interlocked.Increment(ref runs), Stop);
        var failing = Database.WriteAsync(write => write.Execute("This is no SQL."), Stop);

        gate.Set();

        await blocking;
        Assert.Equal(2, await counted);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => failing);
    }

    [Fact]
    public async Task Unit_that_is_cancelled_while_it_waits_never_runs()
    {
        using var gate = new ManualResetEventSlim();
        using var cancelled = new CancellationTokenSource();
        var blocking = await BlockAsync(gate);
        var waiting = Database.WriteAsync(write => write.Execute("INSERT INTO things (id) VALUES (1);"), cancelled.Token);
        var neighbour = AddAsync(2);

        await cancelled.CancelAsync();
        gate.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Task.WhenAll(blocking, neighbour);
        Assert.Equal([2], Ids());
    }

    [Fact]
    public async Task Concurrent_units_all_get_their_own_answers()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 2_000).Select(id => Task.Run(() => Database.WriteAsync(
            write =>
            {
                write.Execute("INSERT INTO things (id) VALUES ($id);", ("$id", id));
                return id;
            },
            Stop))));

        Assert.Equal(Enumerable.Range(1, 2_000), answers);
        Assert.Equal(2_000, Ids().Count);
    }

    [Fact]
    public async Task Closing_finishes_what_was_accepted_and_refuses_the_rest()
    {
        using var gate = new ManualResetEventSlim();
        var blocking = await BlockAsync(gate);
        var accepted = Enumerable.Range(1, 100).Select(AddAsync).ToList();

        var closing = Database.DisposeAsync();
        gate.Set();
        await closing;

        await Task.WhenAll([blocking, .. accepted]);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync(101));
        await _host.ReopenAsync();
        Assert.Equal(100, Ids().Count);
    }

    [Fact]
    public async Task Query_maps_rows_and_scalar_reads_null_as_default()
    {
        await AddAsync(3);
        await AddAsync(4);

        Assert.Equal([3, 4], await Database.WriteAsync(
            write => write.Query("SELECT id FROM things ORDER BY id;", row => row.GetInt32(0)), Stop));
        Assert.Null(await Database.WriteAsync(write => write.Scalar<string>("SELECT NULL;"), Stop));
        Assert.Null(await Database.WriteAsync(write => write.Scalar<string>("SELECT id FROM things WHERE id = 9;"), Stop));
    }

    [Fact]
    public async Task Read_that_fails_is_a_store_that_is_unavailable()
    {
        var database = Database;
        Assert.Throws<StoreUnavailableException>(() => database.Query<long>("SELECT x FROM nowhere;"));

        await _host.CloseAsync();
        File.Delete(_host.DatabaseFile);

        Assert.Throws<StoreUnavailableException>(() => database.Query<long>("SELECT 1 FROM things;"));
    }

    [Fact]
    public void Read_connections_cannot_write() =>
        Assert.Throws<StoreUnavailableException>(() => Database.Read(connection =>
        {
            using var command = new SqliteCommand("INSERT INTO things (id) VALUES (1);", connection);
            return command.ExecuteNonQuery();
        }));

    // Ends when the writer is at work on a unit that waits for the gate: whatever comes now waits, and shares a commit.
    private async Task<Task> BlockAsync(ManualResetEventSlim gate)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocking = Database.WriteAsync(
            _ =>
            {
                begun.TrySetResult();
                gate.Wait(Stop);
            },
            Stop);
        await begun.Task;
        return blocking;
    }

    private Task AddAsync(int id) =>
        Database.WriteAsync(write => write.Execute("INSERT INTO things (id) VALUES ($id);", ("$id", id)), Stop);

    private IReadOnlyList<long> Ids() => Database.Query<long>("SELECT id FROM things ORDER BY id;");
}
