using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Keys.Protection;

/// <summary>
/// The key that encrypts every other key at rest: AES-256-GCM with a random nonce. The sealed form is one version byte,
/// the master key's id (8 bytes), the nonce (12), the tag (16) and the ciphertext. What the secret is for is bound in as
/// associated data, so that two sealed secrets cannot be swapped.
/// </summary>
internal sealed class MasterKey
{
    public const int Length = 32;

    private const byte Version = 1;
    private const int IdLength = 8;
    private const int NonceStart = 1 + IdLength;
    private const int TagStart = NonceStart + 12;
    private const int CipherStart = TagStart + 16;

    private readonly byte[] _key;
    private readonly byte[] _id;

    /// <summary>Keeps the key for as long as the process lives.</summary>
    /// <param name="key">Exactly <see cref="Length"/> bytes.</param>
    public MasterKey(byte[] key)
    {
        _key = key;
        _id = SHA256.HashData([.. "signet master key id"u8, .. key])[..IdLength];
    }

    /// <summary>Names the key without telling anything of it; it stands in all that the key has sealed.</summary>
    public string Id => Convert.ToHexStringLower(_id);

    /// <summary>The key itself, for what is encrypted as strongly by other means.</summary>
    public byte[] Copy() => [.. _key];

    /// <summary>The id of the key that sealed this; null for what no key sealed.</summary>
    public static string? IdOf(ReadOnlySpan<byte> sealedSecret) =>
        sealedSecret.Length >= CipherStart && sealedSecret[0] == Version
            ? Convert.ToHexStringLower(sealedSecret.Slice(1, IdLength))
            : null;

    /// <summary>A key that nobody has yet.</summary>
    public static string NewText() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Encrypts a secret for one purpose.</summary>
    public byte[] Seal(ReadOnlySpan<byte> secret, string purpose)
    {
        var sealedSecret = new byte[CipherStart + secret.Length];
        sealedSecret[0] = Version;
        _id.CopyTo(sealedSecret, 1);
        var nonce = sealedSecret.AsSpan(NonceStart, 12);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, 16);
        aes.Encrypt(
            nonce, secret, sealedSecret.AsSpan(CipherStart), sealedSecret.AsSpan(TagStart, 16), Encoding.UTF8.GetBytes(purpose));
        return sealedSecret;
    }

    /// <summary>Decrypts what <see cref="Seal"/> made for the same purpose.</summary>
    /// <exception cref="CryptographicException">Another master key, another purpose, or altered bytes.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedSecret, string purpose)
    {
        if (sealedSecret.Length < CipherStart || sealedSecret[0] != Version || !sealedSecret.Slice(1, IdLength).SequenceEqual(_id))
        {
            throw new CryptographicException("The secret was sealed with another master key.");
        }

        var secret = new byte[sealedSecret.Length - CipherStart];
        using var aes = new AesGcm(_key, 16);
        aes.Decrypt(
            sealedSecret[NonceStart..TagStart],
            sealedSecret[CipherStart..],
            sealedSecret[TagStart..CipherStart],
            secret,
            Encoding.UTF8.GetBytes(purpose));
        return secret;
    }
}
