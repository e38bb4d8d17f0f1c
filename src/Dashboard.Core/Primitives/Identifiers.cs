using System.Buffers.Text;
using System.Security.Cryptography;

namespace Dashboard.Core.Primitives;

/// <summary>Makes the ids that Signet hands out. All come from the system's cryptographic random source.</summary>
public static class Identifiers
{
    private const string Base64UrlLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    // Crockford's base 32 without the letters people mistake for digits: references are read out over the phone.
    private const string Speakable = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>128 random bits in base64url: token ids (<c>jti</c>), key ids, session names.</summary>
    public static string NewId() => Random(16);

    /// <summary>256 random bits in base64url: for ids that are secrets themselves.</summary>
    public static string NewSecret() => Random(32);

    /// <summary>A secret of a length that somebody chose: 6 random bits a character, none of which a shell or a URL changes.</summary>
    public static string NewSecret(int length) => RandomNumberGenerator.GetString(Base64UrlLetters, length);

    /// <summary>A failure reference, <c>req_</c> and 80 random bits in characters that can be read aloud.</summary>
    public static string NewRequestId() => "req_" + RandomNumberGenerator.GetString(Speakable, 16);

    private static string Random(int bytes)
    {
        Span<byte> random = stackalloc byte[bytes];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }
}
