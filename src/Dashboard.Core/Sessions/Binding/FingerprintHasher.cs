using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Keys.Protection;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>
/// Turns what is known of a client into hashes that say nothing about it. A fingerprint is a tripwire, not a secret: it
/// keeps a stolen cookie or token from working as it stands somewhere else.
/// </summary>
internal sealed class FingerprintHasher(SystemSecrets secrets)
{
    /// <summary>The hash of the value that a client sends as <c>X-Client-Fingerprint</c>; exactly as sent.</summary>
    public string Hash(string fingerprint) => Hash(["v1", "fingerprint", fingerprint]);

    /// <summary>The hash of one signal that the server saw, different in every session.</summary>
    public string Hash(string session, string signal, string value) => Hash(["v1", "signal", session, signal, value]);

    /// <summary>The hash of what a request shows of whoever holds a token.</summary>
    public string HashOfHolder(string signal, string value) => Hash(["v1", "holder", signal, value]);

    /// <summary>Compares a client's value with a hash, in constant time.</summary>
    public bool Matches(string fingerprint, string hash) => AreSame(Hash(fingerprint), hash);

    /// <summary>The same for what a request shows of whoever holds a token.</summary>
    public bool MatchesHolder(string signal, string value, string hash) => AreSame(HashOfHolder(signal, value), hash);

    private static bool AreSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));

    // Each part with its length before it: no two lists of parts give the same bytes.
    private string Hash(ReadOnlySpan<string> parts)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secrets.FingerprintKey);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hmac.AppendData(length);
            hmac.AppendData(bytes);
        }

        return Base64Url.EncodeToString(hmac.GetHashAndReset());
    }
}
