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
