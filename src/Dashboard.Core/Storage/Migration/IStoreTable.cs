namespace Dashboard.Core.Storage.Migration;

/// <summary>One table of one store, for copying it whole.</summary>
internal interface IStoreTable
{
    /// <summary>How many rows it has.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Reads rows behind a place, in the order that this store keeps them. A page may be short, even empty, and not be the last.
    /// </summary>
    /// <param name="after">The place that the page before gave; null for the first page.</param>
    /// <param name="limit">The most rows to read; a table that nodes hold in memory is read whole.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Adds rows and everything that leads to them. Rows that are there already are passed over: the same rows twice give the
    /// same store, wherever the first time was interrupted.
    /// </summary>
    Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken);
}

/// <summary>Some rows of a table.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Next">Where the next page begins, in words of this store alone; null behind the last row.</param>
internal sealed record TablePage(IReadOnlyList<StoreRow> Rows, string? Next);

/// <summary>A table as both stores have it. Every feature registers its own, beside its store.</summary>
/// <param name="Name">Its name in SQLite.</param>
/// <param name="Sqlite">The table in SQLite.</param>
/// <param name="Redis">The same in Redis.</param>
/// <param name="Key">The columns that tell its rows apart; <c>rowid</c> where SQLite walks it without one.</param>
internal sealed record StoreTable(string Name, IStoreTable Sqlite, IStoreTable Redis, IReadOnlyList<string> Key)
{
    /// <summary>The table in a store of this kind.</summary>
    public IStoreTable In(string kind) => kind is StorageOptions.RedisKind ? Redis : Sqlite;
}

internal static class StoreTables
{
    extension(IStoreTable table)
    {
        /// <summary>Reads a page on another thread: SQLite reads without ever waiting.</summary>
        public Task<TablePage> ReadOnAsync(string? after, int limit, CancellationToken cancellationToken) =>
            Task.Run(() => table.ReadAsync(after, limit, cancellationToken), cancellationToken);
    }
}
