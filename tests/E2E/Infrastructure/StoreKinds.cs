using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>Which store a Signet of a test works on.</summary>
internal static class StoreKinds
{
    /// <summary>Chosen by tests about the file itself.</summary>
    public static readonly (string Name, string? Value) Sqlite = ("Storage__Kind", "sqlite");

    /// <summary>What tests use that do not care: SQLite, or Redis where <c>SIGNET_TEST_STORE</c> says so.</summary>
    /// <param name="folder">The data folder: the same one is the same store, also after a restart.</param>
    public static async Task<(string Name, string? Value)[]> DefaultAsync(string folder) =>
        Environment.GetEnvironmentVariable("SIGNET_TEST_STORE") is "redis"
            ? (await SharedRedis.StartedAsync()).Settings(PrefixOf(folder))
            : [Sqlite];

    private static string PrefixOf(string folder) =>
        "e2e-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..32];
}
