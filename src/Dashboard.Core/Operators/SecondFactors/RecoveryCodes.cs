using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Keys.Protection;

namespace Dashboard.Core.Operators.SecondFactors;

/// <summary>Codes that stand in for a lost authenticator, each once. Only hashes with a key of their own are stored.</summary>
internal sealed class RecoveryCodes(SystemSecrets secrets)
{
    /// <summary>How many a set has.</summary>
    public const int Count = 10;

    private const int Length = 16;

    // 31 characters that are not mistaken for each other: 79 bits a code.
    private const string Readable = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>A new set, as it is shown once.</summary>
    public static IReadOnlyList<string> NewSet() =>
    [
        .. Enumerable.Range(0, Count).Select(_ => string.Join(
            '-', RandomNumberGenerator.GetString(Readable, Length).Chunk(4).Select(group => new string(group)))),
    ];

    /// <summary>What is stored of a code; the same however it was typed. Null for what cannot be a code.</summary>
    public string? HashOf(string operatorId, string code)
    {
        var plain = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return plain.Length is Length
            ? Base64Url.EncodeToString(HMACSHA256.HashData(secrets.RecoveryCodeKey, Encoding.UTF8.GetBytes($"{operatorId}\n{plain}")))
            : null;
    }
}
