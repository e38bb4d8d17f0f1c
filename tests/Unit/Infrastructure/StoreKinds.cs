namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Which store a core of a test works on.</summary>
internal static class StoreKinds
{
    /// <summary>Chosen by the test itself, whatever is chosen for all others.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Sqlite =
        new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Storage:Kind"] = "sqlite" };

    /// <summary>What tests use that do not care: SQLite, or Redis where <c>SIGNET_TEST_STORE</c> says so.</summary>
    public static IReadOnlyDictionary<string, string?> Default =>
        Environment.GetEnvironmentVariable("SIGNET_TEST_STORE") is "redis" ? RedisServer.Shared.Settings() : Sqlite;
}
