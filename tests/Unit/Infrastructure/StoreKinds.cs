using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Which store a core of a test works on.</summary>
internal static class StoreKinds
{
    /// <summary>Chosen by the test itself, whatever is chosen for all others.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Sqlite =
        new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Storage:Kind"] = "sqlite" };

    /// <summary>What tests use that do not care: SQLite, or Redis where <c>SIGNET_TEST_STORE</c> says so.</summary>
    public static IReadOnlyDictionary<string, string?> Default => Choose(null);

    /// <summary>The same for a core that may be started again: one data folder, one store.</summary>
    public static IReadOnlyDictionary<string, string?> Of(string folder) => Choose(PrefixOf(folder));

    private static IReadOnlyDictionary<string, string?> Choose(string? prefix) =>
        Environment.GetEnvironmentVariable("SIGNET_TEST_STORE") is "redis" ? RedisServer.Shared.Settings(prefix) : Sqlite;

    private static string PrefixOf(string folder) =>
        "test-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..32];
}
