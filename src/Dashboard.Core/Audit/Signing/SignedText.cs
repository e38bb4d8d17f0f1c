using System.Buffers.Text;
using System.Text;

namespace Dashboard.Core.Audit.Signing;

/// <summary>A signed statement as text: its members, the <c>kid</c> and the signature, with dots between them.</summary>
internal static class SignedText
{
    private const int Longest = 2_000;

    /// <summary>Signs members and says by which key.</summary>
    /// <param name="domain">What no token and no other kind of statement begins with: one key signs them all.</param>
    /// <param name="statement">The members, with dots between them.</param>
    /// <param name="keyId">The key that signs.</param>
    /// <param name="sign">Signs.</param>
    public static string Write(string domain, string statement, string keyId, Func<byte[], byte[]> sign)
    {
        var named = $"{statement}.{keyId}";
        return $"{named}.{Base64Url.EncodeToString(sign(Encoding.UTF8.GetBytes(domain + named)))}";
    }

    /// <summary>The parts of a text, whoever signed it; null where it is none.</summary>
    public static SignedParts? Parse(string domain, string text) =>
        text.Length <= Longest && text.Split('.') is [.. var members, var keyId, var signature] && Base64Url.IsValid(signature)
            ? new SignedParts(
                members, keyId, Encoding.UTF8.GetBytes(domain + text[..text.LastIndexOf('.')]), Base64Url.DecodeFromChars(signature))
            : null;
}

/// <summary>The parts of a signed statement.</summary>
internal sealed record SignedParts(IReadOnlyList<string> Members, string KeyId, byte[] Signed, byte[] Signature);
