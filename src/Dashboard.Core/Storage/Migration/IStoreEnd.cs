using Dashboard.Core.Primitives;

namespace Dashboard.Core.Storage.Migration;

/// <summary>What a migration needs of a store besides its tables.</summary>
internal interface IStoreEnd
{
    /// <summary>As <c>Storage:Kind</c> names it.</summary>
    string Kind { get; }

    /// <summary>Where it is, for people, without a password.</summary>
    string Place { get; }

    /// <summary>Opens it, whatever mark it carries. False where there is no store and none was to be made.</summary>
    /// <exception cref="StartupException">It cannot be used; the message says why and what to do.</exception>
    Task<bool> OpenAsync(StoreUse use, CancellationToken cancellationToken);

    /// <summary>What the store says of itself, by the names of <see cref="StoreFacts"/>.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadFactsAsync(CancellationToken cancellationToken);

    /// <summary>The tables as they are read for a backup, while nodes work on the store.</summary>
    Task<IStoreSnapshot> BeginSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Changes facts, all or none; null deletes one.</summary>
    Task WriteFactsAsync(IReadOnlyDictionary<string, string?> facts, CancellationToken cancellationToken);

    /// <summary>Makes it another store, with a new id and no row in it. Interrupted, it can be called again.</summary>
    /// <param name="keepsOld">Whether the old rows are worth keeping, where that can be done.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <returns>Where the old rows are kept; null where they are gone.</returns>
    Task<string?> ClearAsync(bool keepsOld, CancellationToken cancellationToken);

    /// <summary>How many nodes work on it at this moment, as far as can be seen.</summary>
    Task<long> CountNodesAsync(CancellationToken cancellationToken);
}

/// <summary>What a store is opened for.</summary>
internal enum StoreUse
{
    /// <summary>To count its rows. Nothing is changed, and nothing is made.</summary>
    Look,

    /// <summary>To be read; it must exist.</summary>
    Source,

    /// <summary>To be filled; made where there is none.</summary>
    Target,
}

/// <summary>What a backup reads, until it is disposed.</summary>
internal interface IStoreSnapshot : IAsyncDisposable
{
    /// <summary>
    /// True where all tables are as they were at one moment. False where each row is as it was when it was read: a row that is
    /// moved meanwhile may be read twice, and what is added meanwhile may be missing.
    /// </summary>
    bool IsOfOneMoment { get; }

    /// <summary>A table of it.</summary>
    IStoreTable TableOf(StoreTable table);
}
