using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Agents;

/// <summary>Secrets of agent keys: shown once, and only their hashes kept.</summary>
public static class AgentKeySecrets
{
    /// <summary>Begins every one of ours, for people and for scanners that look for secrets.</summary>
    public const string Prefix = "sgt_ak_";

    /// <summary>Shorter ones are no keys.</summary>
    public const int Shortest = 10;

    /// <summary>Nor are longer ones.</summary>
    public const int Longest = 256;

    private const int PrefixLength = 12;

    /// <summary><c>sgt_ak_</c> and 256 random bits.</summary>
    public static string New() => Prefix + Identifiers.NewSecret();

    /// <summary>
    /// SHA-256 of the whole secret. A secret is looked up by it: how long that takes tells nothing of the secrets that there are.
    /// </summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>A secret of ours as it is kept.</summary>
    internal static AgentKeySecret Keep(string secret, DateTimeOffset createdAt) =>
        new(Hash(secret), secret[..PrefixLength], createdAt, null);
}
