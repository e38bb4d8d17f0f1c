using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Core.Operators.SecondFactors;

/// <summary>
/// One-time codes of RFC 6238 as every authenticator app makes them: HMAC-SHA-1, steps of 30 seconds, six digits. The
/// framework's own provider takes codes two steps old and does not say which step a code belongs to, so it could not refuse a
/// code that was used already (RFC 6238 section 5.2).
/// </summary>
internal static class TimeBasedCode
{
    public const int Digits = 6;

    /// <summary>Clocks may differ by one step, either way.</summary>
    private const int Window = 1;

    private const int SecondsPerStep = 30;
    private const int SeedLength = 20;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>160 random bits, as long as the hash (RFC 4226 section 4).</summary>
    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(SeedLength);

    public static long StepOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / SecondsPerStep;

    /// <summary>The code of one step.</summary>
    public static string Of(byte[] seed, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // SHA-1 is what authenticator apps do; HMAC does not depend on its resistance to collisions.
        HMACSHA1.HashData(seed, counter, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 0x0f;
        var number = (BinaryPrimitives.ReadUInt32BigEndian(hash[offset..]) & 0x7fffffff) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The newest step near a time that a code belongs to; null where there is none. Compares in constant time.</summary>
    public static long? FindStep(byte[] seed, string code, DateTimeOffset time)
    {
        var given = Encoding.UTF8.GetBytes(code);
        long? found = null;
        for (var step = StepOf(time) - Window; step <= StepOf(time) + Window; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Of(seed, step))))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>The seed as people type it: base 32 (RFC 4648 section 6), in groups of four.</summary>
    public static string Readable(byte[] seed) => string.Join(' ', ToBase32(seed).Chunk(4).Select(group => new string(group)));

    /// <summary>What the QR code holds: the key URI that authenticator apps read.</summary>
    public static string UriOf(byte[] seed, string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={ToBase32(seed)}"
        + $"&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={SecondsPerStep}";

    // 20 bytes are 32 characters exactly: nothing to pad.
    private static string ToBase32(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length * 8 / 5);
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            (buffer, bits) = ((buffer << 8) | value, bits + 8);
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Base32[(buffer >> bits) & 0x1f]);
            }

            buffer &= (1 << bits) - 1;
        }

        return text.ToString();
    }
}
