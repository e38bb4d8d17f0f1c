using System.Buffers.Text;
using System.Globalization;
using Dashboard.Core.Audit.Signing;

namespace Dashboard.Core.Audit.Checkpoints;

/// <summary>A checkpoint as text: number, hash, time in Unix seconds, <c>kid</c> and signature, with dots between them.</summary>
internal static class CheckpointText
{
    // No token begins like this, so neither can be taken for the other although one key signs both.
    private const string Domain = "signet-audit-checkpoint.";
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static string Write(AuditHead head, DateTimeOffset at, AuditSigner signer) => signer.Sign(
        Domain,
        string.Create(
            CultureInfo.InvariantCulture, $"{head.Number}.{Base64Url.EncodeToString(head.Hash)}.{at.ToUnixTimeSeconds()}"));

    /// <summary>The parts of a text, whoever signed it; null where it is none.</summary>
    public static CheckpointParts? Parse(string text) =>
        SignedText.Parse(Domain, text) is { Members: [var number, var hash, var time] } signed
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at <= Last
        && Base64Url.IsValid(hash)
            ? new CheckpointParts(
                new AuditHead(count, Base64Url.DecodeFromChars(hash)), DateTimeOffset.FromUnixTimeSeconds(at), signed)
            : null;
}

/// <summary>The parts of a checkpoint.</summary>
internal sealed record CheckpointParts(AuditHead Head, DateTimeOffset At, SignedParts Signed);
