using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Grants;

/// <summary>Proof key for code exchange (RFC 7636), S256 alone.</summary>
internal static class CodeChallenge
{
    private const int Length = 43;

    private static readonly SearchValues<char> Unreserved = SearchValues.Create(
        "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");

    /// <summary>True for a text that the SHA-256 of a verifier can be.</summary>
    public static bool IsValid(string challenge) =>
        challenge.Length == Length && Base64Url.IsValid(challenge) && !challenge.AsSpan().ContainsAnyExcept(Unreserved);

    /// <summary>True where a challenge was made from this verifier.</summary>
    public static bool Fits(string challenge, string? verifier) =>
        verifier is { Length: >= 43 and <= 128 }
        && !verifier.AsSpan().ContainsAnyExcept(Unreserved)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
            Encoding.ASCII.GetBytes(challenge));
}
