using Dashboard.Core.Primitives;

namespace Dashboard.Core.Storage.Migration;

/// <summary>What a feature must see in the source before anything is copied.</summary>
/// <param name="Table">The table it looks at.</param>
/// <param name="Run">Gets its first rows; throws <see cref="StartupException"/> where they must not be copied.</param>
internal sealed record SourceCheck(string Table, Action<IReadOnlyList<StoreRow>> Run);

/// <summary>Writes into the target's audit log that it was filled.</summary>
/// <param name="Table">The table that the entry goes to.</param>
/// <param name="WriteAsync">Gets who did it, and what was copied.</param>
internal sealed record MigrationRecorder(string Table, Func<string, MigrationSummary, CancellationToken, Task> WriteAsync);

/// <summary>What the audit entry tells.</summary>
/// <param name="From">Kind and id of the source.</param>
/// <param name="To">The id of the target.</param>
/// <param name="Rows">How many rows each table has.</param>
internal sealed record MigrationSummary(string From, string To, IReadOnlyList<(string Table, long Rows)> Rows);

/// <summary>A column whose values are sealed by the master key, which a restored store seals by its own.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column, of bytes.</param>
/// <param name="PurposeOf">What the value of a row was sealed for.</param>
internal sealed record SealedColumn(string Table, string Column, Func<StoreRow, string> PurposeOf);

/// <summary>What is over when a backup is restored, because nobody knows what became of it since.</summary>
/// <param name="Table">The table.</param>
/// <param name="End">Gets a row and the time of the restore, and gives the row as it is from then on.</param>
internal sealed record EndedByRestore(string Table, Func<StoreRow, DateTimeOffset, StoreRow> End);

/// <summary>
/// What a restore takes over from the store that it replaces, where that store goes on from the backup: what was ended since
/// stays ended, and credentials stay as their holders have them.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The columns that tell its rows apart.</param>
/// <param name="Matters">Whether a row of the store is taken over; those that are lie in memory meanwhile.</param>
internal sealed record CarriedOver(string Table, IReadOnlyList<string> Key, Func<StoreRow, BackedUpSince, bool> Matters)
{
    /// <summary>The row that is restored, of the backup's and of the store's.</summary>
    public Func<StoreRow, StoreRow, StoreRow> Merge { get; init; } = (_, now) => now;

    /// <summary>Whether rows come along that only the store has.</summary>
    public bool AddsNew { get; init; }

    /// <summary>Whether rows are left out that only the backup has.</summary>
    public bool DropsOld { get; init; }

    /// <summary>The action in the audit log by which a row goes for good; the object is its key. Null where none does.</summary>
    public string? GoneBy { get; init; }
}

/// <summary>From where on a backup knows nothing.</summary>
/// <param name="At">A time before which it knows all, whatever the clocks of nodes.</param>
/// <param name="AuditNumber">The newest entry of the audit log in it.</param>
internal sealed record BackedUpSince(DateTimeOffset At, long AuditNumber)
{
    /// <summary>Whether something in a column, in milliseconds, happened since.</summary>
    public bool Covers(StoreRow row, string column) => row.FindNumber(column) >= At.ToUnixTimeMilliseconds();
}
