using System.Buffers.Text;
using System.Security.Cryptography;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>The public half of a key that never leaves its browser: ECDSA over P-256.</summary>
internal static class BrowserKey
{
    private const int LongestText = 200;
    private const int SignatureLength = 64;
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>True for a public key on P-256, as SPKI in base64url and nothing behind it.</summary>
    public static bool IsValid(string? text)
    {
        using var key = Import(text);
        return key is not null;
    }

    /// <summary>Verifies a signature in the form of the Web Cryptography API: r and s, 32 bytes each.</summary>
    public static bool Verify(string key, ReadOnlySpan<byte> message, string? signature)
    {
        if (signature is null || signature.Length > LongestText || !Base64Url.IsValid(signature))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(signature);
        using var imported = Import(key);
        return imported is not null
            && bytes.Length == SignatureLength
            && imported.VerifyData(message, bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static ECDsa? Import(string? text)
    {
        if (text is null || text.Length > LongestText || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(bytes, out var read);
            if (read == bytes.Length && key.ExportParameters(false).Curve.Oid.Value == P256)
            {
                return key;
            }
        }
        catch (CryptographicException)
        {
            // No key at all, or a point that is not on its curve.
        }

        key.Dispose();
        return null;
    }
}
