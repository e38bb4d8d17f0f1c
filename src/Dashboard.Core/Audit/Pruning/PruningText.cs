using System.Buffers.Text;
using System.Globalization;
using Dashboard.Core.Audit.Signing;

namespace Dashboard.Core.Audit.Pruning;

/// <summary>
/// A pruning as text: number and hash of the last entry that went, how many went, their first and last time and the time of the
/// pruning in Unix milliseconds, <c>kid</c> and signature, with dots between them.
/// </summary>
internal static class PruningText
{
    private const string Domain = "signet-audit-pruning.";
    private static readonly long LastTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Signs it.</summary>
    public static AuditPruning Write(
        AuditHead last, long count, DateTimeOffset from, DateTimeOffset to, DateTimeOffset at, AuditSigner signer)
    {
        var statement = string.Create(
            CultureInfo.InvariantCulture,
            $"{last.Number}.{Base64Url.EncodeToString(last.Hash)}.{count}.{Milliseconds(from)}.{Milliseconds(to)}.{Milliseconds(at)}");
        return Parse(signer.Sign(Domain, statement))!.Value.Pruning;
    }

    /// <summary>What a text says, whoever signed it; null where it is none.</summary>
    public static (AuditPruning Pruning, SignedParts Signed)? Parse(string text) =>
        SignedText.Parse(Domain, text) is { Members: [var number, var hash, var count, var from, var to, var at] } signed
        && TryRead(number, out var last)
        && TryRead(count, out var entries)
        && TryReadTime(from, out var first)
        && TryReadTime(to, out var newest)
        && TryReadTime(at, out var time)
        && Base64Url.IsValid(hash)
            ? (new AuditPruning(new AuditHead(last, Base64Url.DecodeFromChars(hash)), entries, first, newest, time, signed.KeyId, text), signed)
            : null;

    /// <summary>What a row says, whoever signed it; null where that is no record, or one of another place.</summary>
    public static (AuditPruning Pruning, SignedParts Signed)? Open(PruningRow row) =>
        Parse(row.Statement) is { } parts && parts.Pruning.Last.Number == row.Number ? parts : null;

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Reads milliseconds since 1970 of a time that there is; false for anything else.</summary>
    public static bool TryReadTime(string? text, out DateTimeOffset time)
    {
        var isTime = TryRead(text, out var at) && at <= LastTime;
        time = DateTimeOffset.FromUnixTimeMilliseconds(isTime ? at : 0);
        return isTime;
    }

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static bool TryRead(string? text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
