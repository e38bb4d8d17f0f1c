using System.Threading.Channels;
using Dashboard.Core.Primitives;
using Microsoft.Data.Sqlite;

namespace Dashboard.Core.Storage.Sqlite;

/// <summary>
/// The only writer. Work that waits while a commit is being synced to disk shares the next one, so that durability
/// costs one sync per group and not one per row.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostPerCommit = 512;

    private readonly Channel<WorkItem> _queue = Channel.CreateBounded<WorkItem>(
        new BoundedChannelOptions(10_000) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly SqliteConnection _connection;
    private readonly SqliteWrite _write;
    private readonly Task _writing;

    public SqliteWriter(SqliteConnection connection)
    {
        _connection = connection;
        _write = new SqliteWrite(connection);
        _writing = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public async Task<T> EnqueueAsync<T>(Func<SqliteWrite, T> work, CancellationToken cancellationToken)
    {
        var item = new WorkItem<T>(work, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(item, cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            throw new StoreUnavailableException("The database is closing.", exception);
        }

        return await item.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        _write.Dispose();
        await _connection.DisposeAsync();
    }

    private void Run()
    {
        List<WorkItem> group = [];
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < MostPerCommit && _queue.Reader.TryRead(out var item))
            {
                if (!item.SkipIfCancelled())
                {
                    group.Add(item);
                }
            }

            if (!TryCommit(group, out _) && group.Count > 1)
            {
                CommitOneByOne(group);
            }

            group.ForEach(item => item.Complete());
            group.Clear();
        }
    }

    private void CommitOneByOne(List<WorkItem> group)
    {
        foreach (var item in group)
        {
            TryCommit([item], out _);
        }
    }

    private bool TryCommit(List<WorkItem> items, out Exception? failure)
    {
        failure = null;
        try
        {
            _write.Execute("BEGIN IMMEDIATE;");
            foreach (var item in items)
            {
                item.Run(_write);
            }

            _write.Execute("COMMIT;");
            return true;
        }
        catch (Exception exception)
        {
            failure = exception is SqliteException
                ? new StoreUnavailableException("The database could not be written.", exception)
                : exception;
            RollBack();
            foreach (var item in items)
            {
                item.Fail(failure);
            }

            return false;
        }
    }

    private void RollBack()
    {
        try
        {
            _write.Execute("ROLLBACK;");
        }
        catch (SqliteException)
        {
            // SQLite had already rolled back by itself, as it does when the disk is full.
        }
    }

    private abstract class WorkItem
    {
        public abstract void Run(SqliteWrite write);

        public abstract void Fail(Exception exception);

        public abstract void Complete();

        public abstract bool SkipIfCancelled();
    }

    private sealed class WorkItem<T>(Func<SqliteWrite, T> work, CancellationToken cancellationToken) : WorkItem
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _failure;

        public Task<T> Task => _done.Task;

        public override void Run(SqliteWrite write)
        {
            _failure = null;
            _result = work(write);
        }

        public override void Fail(Exception exception) => _failure = exception;

        public override void Complete()
        {
            if (_failure is null)
            {
                _done.TrySetResult(_result!);
            }
            else
            {
                _done.TrySetException(_failure);
            }
        }

        public override bool SkipIfCancelled() =>
            cancellationToken.IsCancellationRequested && _done.TrySetCanceled(cancellationToken);
    }
}
