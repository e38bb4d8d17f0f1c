using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Keys.Redis;

/// <summary>
/// The key ring in one hash, with a version that every change moves: whether a change fits is decided here, for the version
/// that was read, and the script writes it only where that is still the one.
/// </summary>
internal sealed class RedisKeyStore(RedisDatabase database, RedisAuditStore audits) : IKeyStore
{
    /// <summary>The field that is no key. No kid is spelled like this: they are base64url.</summary>
    public const string Version = "#version";

    private const string Apply = """
        if (redis.call('HGET', keys[1], args[1]) or '0') ~= args[2] then return 'stale' end
        redis.call('HINCRBY', keys[1], args[1], 1)
        for index = 3, #args, 2 do redis.call('HSET', keys[1], args[index], args[index + 1]) end
        audit()
        return 'applied'
        """;

    public async Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellationToken) =>
        [.. (await ReadRingAsync(cancellationToken)).Keys.Values.Select(row => row.ToKey())];

    public async Task<bool> ApplyAsync(IReadOnlyList<KeyChange> changes, AuditEntry audit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (version, keys) = await ReadRingAsync(cancellationToken);
            if (!KeyChanges.Fit(keys, changes))
            {
                return false;
            }

            KeyChanges.DemandSameMasterKey(keys.Values.FirstOrDefault()?.SealedPrivatePart, changes);
            RedisValue[] rows =
                [.. changes.SelectMany(change => new RedisValue[] { change.Key.KeyId, RedisJson.Write(RowOf(change, keys)) })];
            var outcome = await audits.ChangeAsync(
                Apply, [database.Keys.SigningKeys], [Version, version, .. rows], audit, cancellationToken);
            if ((string)outcome is "applied")
            {
                return true;
            }
        }
    }

    // A key that was bound stays so, also where whoever changes it has not heard of that.
    private static StoredKeyRow RowOf(KeyChange change, Dictionary<string, StoredKeyRow> stored)
    {
        var row = StoredKeyRow.Of(change);
        return row with { Issuer = row.Issuer ?? stored.GetValueOrDefault(row.KeyId)?.Issuer };
    }

    private async Task<(RedisValue Version, Dictionary<string, StoredKeyRow> Keys)> ReadRingAsync(CancellationToken cancellationToken)
    {
        var fields = await database.RunAsync(redis => redis.HashGetAllAsync(database.Keys.SigningKeys), cancellationToken);
        var version = Array.Find(fields, field => field.Name == Version);
        return (
            version.Value.IsNull ? "0" : version.Value,
            fields.Where(field => field.Name != Version)
                .ToDictionary(field => field.Name.ToString(), field => RedisJson.Read<StoredKeyRow>(field.Value), StringComparer.Ordinal));
    }
}
