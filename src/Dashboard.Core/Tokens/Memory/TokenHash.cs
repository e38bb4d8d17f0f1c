using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Tokens.Memory;

/// <summary>The SHA-256 of a whole token, signature included, or of its claims, as a value that needs no allocation.</summary>
internal readonly record struct TokenHash(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    private const int LongestOnStack = 4_096;

    public static TokenHash Of(string token)
    {
        var length = Encoding.UTF8.GetMaxByteCount(token.Length);
        var bytes = length <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[length];
        return Of(bytes[..Encoding.UTF8.GetBytes(token, bytes)]);
    }

    public static TokenHash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        var parts = MemoryMarshal.Cast<byte, ulong>(hash);
        return new TokenHash(parts[0], parts[1], parts[2], parts[3]);
    }
}
