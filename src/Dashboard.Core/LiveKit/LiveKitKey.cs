using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Keys;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.LiveKit;

/// <summary>
/// The secret that Signet shares with the LiveKit server. It signs and verifies tokens for rooms and nothing else: none of them
/// opens an API, so that it is no key of the ring.
/// </summary>
internal sealed class LiveKitKey(IOptions<LiveKitOptions> options) : IVerifyingKey
{
    /// <summary>The only algorithm that LiveKit takes.</summary>
    public const string Algorithm = "HS256";

    /// <summary>What it is called in the ledger: no name of the ring's keys looks like this.</summary>
    public string KeyId => $"livekit:{options.Value.ApiKey}";

    /// <summary>False where none is configured, and nothing can be signed or verified.</summary>
    public bool IsThere => options.Value.IsConfigured;

    /// <summary>True where a token names this key as its issuer, as LiveKit finds the secret of a token.</summary>
    public bool IsNamedBy(string? issuer) => IsThere && issuer == options.Value.ApiKey;

    public bool Fits(string? algorithm) => algorithm == Algorithm;

    public byte[] Sign(byte[] data) => IsThere
        ? HMACSHA256.HashData(Secret, data)
        : throw new InvalidOperationException("No secret of LiveKit is configured.");

    public bool Verifies(string? algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (!IsThere || !Fits(algorithm))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Secret, data, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    /// <summary>Without the secret.</summary>
    public override string ToString() => KeyId;

    private byte[] Secret => Encoding.UTF8.GetBytes(options.Value.ApiSecret!);
}
