using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Sessions;

/// <summary>The id in a browser's cookie: 256 random bits, of which only the SHA-256 is ever stored.</summary>
internal static class SessionSecret
{
    public static string New() => Identifiers.NewSecret();

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
