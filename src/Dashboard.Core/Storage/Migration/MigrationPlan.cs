namespace Dashboard.Core.Storage.Migration;

/// <summary>What a migration would do, found without changing anything.</summary>
/// <param name="From">The store to copy.</param>
/// <param name="To">The store to fill.</param>
/// <param name="Tables">How many rows each table has on both sides.</param>
/// <param name="Target">Whether the target can be filled.</param>
/// <param name="SourceNodes">How many nodes work on the source at this moment.</param>
/// <param name="TargetNodes">How many nodes work on the target at this moment.</param>
public sealed record MigrationPlan(
    MigrationPlace From,
    MigrationPlace To,
    IReadOnlyList<PlannedTable> Tables,
    TargetState Target,
    long SourceNodes,
    long TargetNodes)
{
    /// <summary>How many rows there are to copy.</summary>
    public long SourceRows => Tables.Sum(table => table.SourceRows);

    /// <summary>How many rows the target holds.</summary>
    public long TargetRows => Tables.Sum(table => table.TargetRows);
}

/// <summary>One side of a migration.</summary>
/// <param name="Kind">As <c>Storage:Kind</c> names it.</param>
/// <param name="Place">Where it is, for people, without a password.</param>
public sealed record MigrationPlace(string Kind, string Place)
{
    /// <summary>For sentences.</summary>
    public override string ToString() => $"{Kind} ({Place})";
}

/// <summary>One table before it is copied.</summary>
/// <param name="Name">Its name in SQLite.</param>
/// <param name="SourceRows">Rows to copy.</param>
/// <param name="TargetRows">Rows that the target holds already.</param>
public sealed record PlannedTable(string Name, long SourceRows, long TargetRows);

/// <summary>What is found where the copy is to go.</summary>
public enum TargetState
{
    /// <summary>Nothing: no store, or one that was only opened.</summary>
    Empty,

    /// <summary>A copy of this source that was not finished; it will be.</summary>
    Unfinished,

    /// <summary>A copy of another source that was not finished.</summary>
    UnfinishedOther,

    /// <summary>The finished copy of this source, or what became of it since.</summary>
    Copied,

    /// <summary>Another store.</summary>
    Full,
}

/// <summary>What a migration did.</summary>
/// <param name="Tables">Both sides of each table, read again after copying.</param>
/// <param name="KeptAt">Where the rows that the target had before are kept; null where there were none or they are gone.</param>
public sealed record MigrationResult(IReadOnlyList<VerifiedTable> Tables, string? KeptAt)
{
    /// <summary>Whether the target holds what the source holds.</summary>
    public bool IsEqual => Tables.All(table => table.IsEqual);
}

/// <summary>A table on both sides. The hash covers every column of every row, in whatever order they are kept.</summary>
/// <param name="Name">Its name in SQLite.</param>
/// <param name="SourceRows">Rows in the source.</param>
/// <param name="SourceHash">Hash over the rows of the source.</param>
/// <param name="TargetRows">Rows in the target.</param>
/// <param name="TargetHash">Hash over the rows of the target.</param>
public sealed record VerifiedTable(string Name, long SourceRows, string SourceHash, long TargetRows, string TargetHash)
{
    /// <summary>Whether both sides hold the same rows.</summary>
    public bool IsEqual => SourceRows == TargetRows && string.Equals(SourceHash, TargetHash, StringComparison.Ordinal);
}

/// <summary>How far a migration has come.</summary>
/// <param name="IsVerifying">False while copying; true while both sides are read again.</param>
/// <param name="Table">The table at hand.</param>
/// <param name="Done">How many of its rows are done; a continued run may do some of them again.</param>
/// <param name="Total">How many rows it had when the migration began.</param>
public sealed record MigrationProgress(bool IsVerifying, string Table, long Done, long Total);
