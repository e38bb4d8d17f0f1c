using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Audit;

/// <summary>Computes the hash that ties an entry to all before it.</summary>
internal sealed class AuditChain(SystemSecrets secrets)
{
    /// <summary>What the first entry names as the hash before it.</summary>
    public static readonly byte[] Start = new byte[HMACSHA256.HashSizeInBytes];

    // The clocks of nodes differ by less.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The record that an entry becomes behind another: the one place where entries are made. It is never earlier than the one
    /// before only because another node's clock is a little slow, so that numbers grow with time and a time can be searched for.
    /// </summary>
    public AuditRecord Follow(AuditTail tail, AuditEntry entry, DateTimeOffset now)
    {
        var kept = AuditText.Of(entry);
        var own = now.CutToMilliseconds();
        var at = tail.At > own && tail.At - own < Skew ? tail.At : own;
        var number = tail.Number + 1;
        return new AuditRecord(number, at, kept, tail.Hash, Hash(tail.Hash, number, at, kept));
    }

    /// <summary>
    /// HMAC-SHA256 over the previous hash and the entry as a JSON array: an array has one form only, and every member
    /// keeps its place even when it is null.
    /// </summary>
    public byte[] Hash(byte[] previousHash, long number, DateTimeOffset at, AuditEntry entry) =>
        Hash(secrets.AuditKey, previousHash, number, at, entry);

    /// <summary>The same under the key of another store.</summary>
    public static byte[] Hash(byte[] key, byte[] previousHash, long number, DateTimeOffset at, AuditEntry entry)
    {
        using var buffer = new MemoryStream();
        buffer.Write(previousHash);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(number);
            writer.WriteNumberValue(at.ToUnixTimeMilliseconds());
            ReadOnlySpan<string?> texts =
            [
                entry.Who.Name, entry.Who.Role, entry.Who.Ip, entry.Who.Session, entry.Action, entry.ObjectKind,
                entry.ObjectId, entry.Reason, entry.Before, entry.After,
            ];
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

        return HMACSHA256.HashData(key, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}

/// <summary>What the next entry follows.</summary>
/// <param name="Number">The number of the newest entry; 0 in an empty log.</param>
/// <param name="At">Its time.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record AuditTail(long Number, DateTimeOffset At, byte[] Hash)
{
    /// <summary>Of an empty log.</summary>
    public static readonly AuditTail Empty = new(0, DateTimeOffset.UnixEpoch, AuditChain.Start);

    public static AuditTail Of(AuditRecord record) => new(record.Number, record.At, record.Hash);
}
