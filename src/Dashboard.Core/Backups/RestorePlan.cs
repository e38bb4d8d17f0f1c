using Dashboard.Core.Backups.Format;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>What a restore would do, found without changing anything.</summary>
/// <param name="Path">The file.</param>
/// <param name="Backup">What is in it, all of it proven.</param>
/// <param name="To">The store to fill.</param>
/// <param name="Target">Whether it can be filled; <see cref="TargetState.Copied"/> where this backup was restored into it before.</param>
/// <param name="TargetRows">How many rows it holds.</param>
/// <param name="TargetNodes">How many nodes work on it at this moment.</param>
/// <param name="Replaces">What it would replace, or has begun to.</param>
/// <param name="BegunKeepingTokens">Of a restore to continue, whether it keeps tokens; null where there is none.</param>
public sealed record RestorePlan(
    string Path,
    BackupContents Backup,
    MigrationPlace To,
    TargetState Target,
    long TargetRows,
    long TargetNodes,
    Replaced Replaces,
    bool? BegunKeepingTokens)
{
    /// <summary>The key that opened it.</summary>
    public required IBackupKey Key { get; init; }
}

/// <summary>How a restore is asked for.</summary>
/// <param name="Clears">Whether what the target holds may be deleted, where it is no unfinished restore of this backup.</param>
/// <param name="KeepsTokens">
/// Whether what is good in the backup stays good. Otherwise everything that was issued before the restore is over: nobody can
/// tell what was revoked since the backup.
/// </param>
public sealed record RestoreRequest(bool Clears, bool KeepsTokens);

/// <summary>What a restore did.</summary>
/// <param name="Tables">What was to be written and what is there, read again.</param>
/// <param name="KeptAt">Where the rows that the target had before are kept; null where there were none or they are gone.</param>
/// <param name="CarriedFrom">
/// The backup of the replaced store that endings since were taken over from; null where none were. The same opens it.
/// </param>
public sealed record RestoreResult(IReadOnlyList<VerifiedTable> Tables, string? KeptAt, string? CarriedFrom)
{
    /// <summary>Whether the target holds what was to be written.</summary>
    public bool IsEqual => Tables.All(table => table.IsEqual);
}
