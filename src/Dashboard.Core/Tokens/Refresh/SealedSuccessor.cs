using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Tokens.Refresh;

/// <summary>
/// A refresh token sealed with the one before it (AES-256-GCM under a key derived from that one): whoever has only the store
/// can open none, and whoever presents the old one again gets the very same successor.
/// </summary>
internal static class SealedSuccessor
{
    private static readonly byte[] Purpose = "signet refresh token successor"u8.ToArray();

    public static byte[] Seal(string token, string successor)
    {
        var (nonceSize, tagSize) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var plain = Encoding.UTF8.GetBytes(successor);
        var box = new byte[nonceSize + tagSize + plain.Length];
        var nonce = box.AsSpan(0, nonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(KeyOf(token), tagSize);
        cipher.Encrypt(nonce, plain, box.AsSpan(nonceSize + tagSize), box.AsSpan(nonceSize, tagSize));
        return box;
    }

    /// <summary>The successor that was sealed.</summary>
    /// <exception cref="CryptographicException">It was sealed with another token, or changed.</exception>
    public static string Open(string token, byte[] box)
    {
        var (nonceSize, tagSize) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var plain = new byte[box.Length - nonceSize - tagSize];
        using var cipher = new AesGcm(KeyOf(token), tagSize);
        cipher.Decrypt(box.AsSpan(0, nonceSize), box.AsSpan(nonceSize + tagSize), box.AsSpan(nonceSize, tagSize), plain);
        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] KeyOf(string token) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), 32, info: Purpose);
}
