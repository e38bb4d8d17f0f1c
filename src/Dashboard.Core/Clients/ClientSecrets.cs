using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients;

/// <summary>Secrets that clients are given: shown once, and only their hashes kept. Their beginnings say what they are.</summary>
public static class ClientSecrets
{
    private const int PrefixLength = 12;

    /// <summary>A client secret: <c>sgt_cs_</c> and 256 random bits.</summary>
    public static string New() => "sgt_cs_" + Identifiers.NewSecret();

    /// <summary>A token that manages a registration (RFC 7592): <c>sgt_rat_</c> and 256 random bits.</summary>
    public static string NewRegistrationToken() => "sgt_rat_" + Identifiers.NewSecret();

    /// <summary>SHA-256 of the whole secret: enough, for nobody can guess it.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>What may be shown of a secret of ours ever after.</summary>
    public static string Prefix(string secret) => secret[..PrefixLength];

    /// <summary>A secret as it is kept.</summary>
    internal static ClientSecret Keep(string secret, DateTimeOffset createdAt, DateTimeOffset? expiresAt) =>
        new(Identifiers.NewId(), Hash(secret), Prefix(secret), createdAt, expiresAt, null);
}
