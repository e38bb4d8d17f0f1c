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

    public static AuditRecord Read(byte[] json)
    {
        var members = JsonSerializer.Deserialize<string?[]>(json)!;
        return new AuditRecord(
            long.Parse(members[0]!, CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(members[1]!, CultureInfo.InvariantCulture)),
            new AuditEntry(
                new Actor(members[4]!, members[5], members[6], members[7]),
                members[8]!,
                members[9]!,
                members[10]!,
                members[11],
                members[12],
                members[13]),
            Convert.FromBase64String(members[2]!),
            Convert.FromBase64String(members[3]!));
    }
}
