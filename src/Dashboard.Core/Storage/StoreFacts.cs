using Dashboard.Core.Primitives;

namespace Dashboard.Core.Storage;

/// <summary>
/// What every store says of itself, by name: rows of the table <c>store</c> in SQLite, fields of the hash <c>store</c> in
/// Redis. While a store is being filled by a migration it carries the mark of it, and no node starts on it.
/// </summary>
internal static class StoreFacts
{
    /// <summary>Random, made with the store.</summary>
    public const string Id = "id";

    /// <summary>The kind and id of the store that this one is being filled from; there only until that is finished.</summary>
    public const string MigratingFrom = "migrating_from";

    /// <summary>What the unfinished migration does next.</summary>
    public const string MigratingStep = "migrating_step";

    /// <summary>The table that it has reached.</summary>
    public const string MigratingTable = "migrating_table";

    /// <summary>The last row of that table which it has copied, as the source names it.</summary>
    public const string MigratingCursor = "migrating_cursor";

    /// <summary>The kind and id of the store that this one was filled from.</summary>
    public const string MigratedFrom = "migrated_from";

    /// <summary>What <see cref="MigratingFrom"/> begins with where a store is being filled from a backup; its id follows.</summary>
    public const string FromBackup = "backup:";

    /// <summary>Of a restore that is not finished: when it began, and what becomes of the tokens in it.</summary>
    public const string Restoring = "restoring";

    /// <summary>When the newest backup of this store was made, in milliseconds; there is none where it is absent.</summary>
    public const string BackedUpAt = "backed_up_at";

    /// <summary>That the node that leads is to purge at once; there only until it has.</summary>
    public const string PurgeAsked = "purge_asked";

    /// <summary>Why no node starts on a store that carries the mark.</summary>
    public static StartupException Unfinished(string place, string from)
    {
        var what = from.StartsWith(FromBackup, StringComparison.Ordinal) ? "restore" : "migration";
        return new StartupException(
            $"A {what} into the store {place} was not finished: part of its data is missing. Run the same {what} again, which "
            + "continues it, or another one with --clear.",
            StartupException.StoreUnusable);
    }
}
