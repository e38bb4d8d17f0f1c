using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Storage.Migration;

/// <summary>Runs migrations between the two stores of one core, as the command does.</summary>
internal static class MigrationRun
{
    public const string Who = "cli:test";

    private const string MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Settings of a core that works on SQLite first and has a Redis to go to.</summary>
    public static Dictionary<string, string?> SettingsOn(string kind, Dictionary<string, string?> redis) =>
        new(redis, StringComparer.OrdinalIgnoreCase) { ["Storage:Kind"] = kind, ["SIGNET_MASTER_KEY"] = MasterKey };

    /// <summary>Ends the core and builds it again as a migration to a kind of store, with both stores opened.</summary>
    public static async Task<(StoreMigration Migration, MigrationPlan Plan)> PrepareAsync(
        this CoreHost host, string to, bool onlyLooks = false, params (string Name, string? Value)[] settings)
    {
        await host.RebuildAsync([("Storage:Kind", to), .. settings]);
        var migration = host.Get<StoreMigration>();
        migration.PageSize = 7;
        return (migration, await migration.PrepareAsync(to is "redis" ? "sqlite" : "redis", to, onlyLooks, Stop));
    }

    /// <summary>A whole migration.</summary>
    public static async Task<MigrationResult> MigrateAsync(
        this CoreHost host, string to, bool clears = false, IProgress<MigrationProgress>? progress = null, params (string Name, string? Value)[] settings)
    {
        var (migration, plan) = await host.PrepareAsync(to, false, settings);
        return await migration.RunAsync(plan, clears, Who, progress, Stop);
    }

    /// <summary>A key of the store in Redis.</summary>
    public static string KeyOf(this CoreHost host, string name) =>
        $"{{{host.Get<IOptions<StorageOptions>>().Value.RedisPrefix}}}:{name}";

    /// <summary>One side of a migration that was prepared.</summary>
    public static IStoreEnd EndOf(this CoreHost host, string kind) => host.Services.GetServices<IStoreEnd>().Single(end => end.Kind == kind);

    /// <summary>The hash of every table, which must be equal on both sides.</summary>
    public static IReadOnlyList<string> Hashes(this MigrationResult result)
    {
        Assert.All(result.Tables, table => Assert.True(table.IsEqual, $"{table}"));
        return [.. result.Tables.Select(table => $"{table.Name} {table.TargetRows} {table.TargetHash}")];
    }
}

/// <summary>Interrupts a migration at its n-th page, behind the copying and before the mark moves on.</summary>
internal sealed class Interruption(int pages) : IProgress<MigrationProgress>
{
    private int _left = pages;

    public void Report(MigrationProgress value)
    {
        if (--_left == 0)
        {
            throw new OperationCanceledException();
        }
    }
}
