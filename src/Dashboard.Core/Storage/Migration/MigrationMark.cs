namespace Dashboard.Core.Storage.Migration;

/// <summary>What a store that is being filled carries until that is finished: from where, and how far it came.</summary>
/// <param name="From">Kind and id of the source.</param>
/// <param name="Step">What is to be done next.</param>
/// <param name="Table">The table reached; null before the first.</param>
/// <param name="Cursor">The place reached in it, in words of the source; null at its beginning.</param>
internal sealed record MigrationMark(string From, MigrationStep Step, string? Table = null, string? Cursor = null)
{
    /// <summary>Null where the store carries no mark.</summary>
    public static MigrationMark? Read(IReadOnlyDictionary<string, string> facts) =>
        facts.TryGetValue(StoreFacts.MigratingFrom, out var from)
            ? new MigrationMark(
                from,
                Enum.Parse<MigrationStep>(facts[StoreFacts.MigratingStep], ignoreCase: true),
                facts.GetValueOrDefault(StoreFacts.MigratingTable),
                facts.GetValueOrDefault(StoreFacts.MigratingCursor))
            : null;

    /// <summary>As facts of the store.</summary>
    public Dictionary<string, string?> Write() => new(StringComparer.Ordinal)
    {
        [StoreFacts.MigratingFrom] = From,
        [StoreFacts.MigratingStep] = NameOf(Step),
        [StoreFacts.MigratingTable] = Table,
        [StoreFacts.MigratingCursor] = Cursor,
        [StoreFacts.MigratedFrom] = null,
        [StoreFacts.BackedUpAt] = null,
    };

    /// <summary>The facts of a store that a migration has finished.</summary>
    public static Dictionary<string, string?> Finished(string from) => new(StringComparer.Ordinal)
    {
        [StoreFacts.MigratingFrom] = null,
        [StoreFacts.MigratingStep] = null,
        [StoreFacts.MigratingTable] = null,
        [StoreFacts.MigratingCursor] = null,
        [StoreFacts.MigratedFrom] = from,
    };

    private static string NameOf(MigrationStep step) => step switch
    {
        MigrationStep.Clear => "clear",
        MigrationStep.Copy => "copy",
        MigrationStep.Record => "record",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "No such step."),
    };
}

/// <summary>The steps of a migration that can be interrupted.</summary>
internal enum MigrationStep
{
    /// <summary>What the target holds must go.</summary>
    Clear,

    /// <summary>Rows are being copied.</summary>
    Copy,

    /// <summary>Everything was copied and found equal; only the audit entry may be missing.</summary>
    Record,
}
