using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Dashboard.Core.Audit.Checkpoints;

/// <summary>A checkpoint as text: number, hash, time in Unix seconds, <c>kid</c> and signature, with dots between them.</summary>
internal static class CheckpointText
{
    // No token begins like this, so neither can be taken for the other although one key signs both.
    private const string Domain = "signet-audit-checkpoint.";
    private const int Longest = 2_000;
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static string Write(AuditHead head, DateTimeOffset at, string keyId, Func<byte[], byte[]> sign)
    {
        var statement = string.Create(
            CultureInfo.InvariantCulture,
            $"{head.Number}.{Base64Url.EncodeToString(head.Hash)}.{at.ToUnixTimeSeconds()}.{keyId}");
        return $"{statement}.{Base64Url.EncodeToString(sign(Signed(statement)))}";
    }

    /// <summary>The parts of a text, whoever signed it; null where it is none.</summary>
    public static CheckpointParts? Parse(string text) =>
        text.Length <= Longest
        && text.Split('.') is [var number, var hash, var time, var keyId, var signature]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at <= Last
        && Base64Url.IsValid(hash)
        && Base64Url.IsValid(signature)
            ? new CheckpointParts(
                new AuditHead(count, Base64Url.DecodeFromChars(hash)),
                DateTimeOffset.FromUnixTimeSeconds(at),
                keyId,
                Signed(text[..text.LastIndexOf('.')]),
                Base64Url.DecodeFromChars(signature))
            : null;

    private static byte[] Signed(string statement) => Encoding.UTF8.GetBytes(Domain + statement);
}

/// <summary>The parts of a checkpoint.</summary>
internal sealed record CheckpointParts(AuditHead Head, DateTimeOffset At, string KeyId, byte[] Signed, byte[] Signature);
