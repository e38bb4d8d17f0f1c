namespace Dashboard.Core.Backups;

/// <summary>How far a backup or a restore has come.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Table">The table at hand.</param>
/// <param name="Done">How many of its rows are done.</param>
public sealed record BackupProgress(BackupStep Step, string Table, long Done);

/// <summary>What is being done.</summary>
public enum BackupStep
{
    /// <summary>Rows are read from the store and written to the file.</summary>
    Writing,

    /// <summary>The file is read and proven.</summary>
    Checking,

    /// <summary>Rows are read from the file and written to the store.</summary>
    Restoring,

    /// <summary>The store is read again and compared.</summary>
    Comparing,
}
