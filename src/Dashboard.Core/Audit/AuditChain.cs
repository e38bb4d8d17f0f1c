using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Core.Keys.Protection;

namespace Dashboard.Core.Audit;

/// <summary>Computes the hash that ties an entry to all before it.</summary>
internal sealed class AuditChain(SystemSecrets secrets)
{
    /// <summary>What the first entry names as the hash before it.</summary>
    public static readonly byte[] Start = new byte[HMACSHA256.HashSizeInBytes];

    /// <summary>
    /// HMAC-SHA256 over the previous hash and the entry as a JSON array: an array has one form only, and every member
    /// keeps its place even when it is null.
    /// </summary>
    public byte[] Hash(byte[] previousHash, long number, DateTimeOffset at, AuditEntry entry)
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

        return HMACSHA256.HashData(secrets.AuditKey, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
