using System.Globalization;
using System.Text.Json;

namespace Dashboard.Core.Audit.Redis;

/// <summary>An audit entry as Redis keeps it, a JSON array.</summary>
internal static class RedisAuditRecord
{
    public static byte[] Write(AuditRecord record)
    {
        var (number, at, entry, previousHash, hash) = record;
        return JsonSerializer.SerializeToUtf8Bytes<string?[]>(
        [
            number.ToString(CultureInfo.InvariantCulture),
            at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            Convert.ToBase64String(previousHash),
            Convert.ToBase64String(hash),
            entry.Who.Name,
            entry.Who.Role,
            entry.Who.Ip,
            entry.Who.Session,
            entry.Action,
            entry.ObjectKind,
            entry.ObjectId,
            entry.Reason,
            entry.Before,
            entry.After,
        ]);
    }

    /// <summary>Reads an entry; whatever else stands there is unreadable, and no reason to read nothing.</summary>
    public static AuditRecord Read(long number, byte[] json)
    {
        try
        {
            var members = JsonSerializer.Deserialize<string?[]>(json);
            if (members is not
                [{ } own, { } at, { } previousHash, { } hash, { } who, _, _, _, { } action, { } kind, { } id, _, _, _]
                || own != number.ToString(CultureInfo.InvariantCulture))
            {
                return AuditRecord.Unreadable(number);
            }

            return new AuditRecord(
                number,
                DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)),
                new AuditEntry(
                    new Actor(who, members[5], members[6], members[7]), action, kind, id, members[11], members[12], members[13]),
                Convert.FromBase64String(previousHash),
                Convert.FromBase64String(hash));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return AuditRecord.Unreadable(number);
        }
    }
}
