using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>An authenticator app: makes codes (RFC 6238) from the key that a page shows.</summary>
internal sealed class OneTimeCodes(string key)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private long _lastStep;

    /// <summary>A code that was not used yet: the next step's where this step's was. Signet takes codes one step early.</summary>
    public string Next()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;
        _lastStep = Math.Max(now, _lastStep + 1);
        Assert.True(_lastStep <= now + 1, "No code is left that would be taken now.");
        return Of(_lastStep);
    }

    /// <summary>A code that is wrong now.</summary>
    public string Wrong() => Of(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 - 1_000);

    private string Of(long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What authenticator apps do.
        var hash = HMACSHA1.HashData(Seed(), counter);
#pragma warning restore CA5350
        var number = (BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 0x0f)) & 0x7fffffff) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    private byte[] Seed()
    {
        List<byte> seed = [];
        var (buffer, bits) = (0, 0);
        foreach (var letter in key.Where(char.IsAsciiLetterOrDigit))
        {
            (buffer, bits) = (((buffer << 5) | Base32.IndexOf(letter, StringComparison.Ordinal)) & 0xffff, bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                seed.Add((byte)(buffer >> bits));
            }
        }

        return [.. seed];
    }
}
