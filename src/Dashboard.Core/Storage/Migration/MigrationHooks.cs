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
