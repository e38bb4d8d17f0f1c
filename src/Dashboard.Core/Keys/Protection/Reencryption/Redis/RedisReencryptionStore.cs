using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Keys.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Keys.Protection.Reencryption.Redis;

/// <summary>Compares the ring by its version and the secrets by their values, and moves the version on like every change of the ring.</summary>
internal sealed class RedisReencryptionStore(RedisDatabase database, RedisAuditStore audits) : IReencryptionStore
{
    // The secrets come first, as name, old and new value; what follows are fields of the ring.
    private const string Replace = """
        local count = tonumber(args[3])
        if (redis.call('HGET', keys[2], args[1]) or '0') ~= args[2] or redis.call('HLEN', keys[1]) ~= count then return 'stale' end
        for index = 4, 3 + 3 * count, 3 do
            if redis.call('HGET', keys[1], args[index]) ~= args[index + 1] then return 'stale' end
        end
        for index = 4, 3 + 3 * count, 3 do redis.call('HSET', keys[1], args[index], args[index + 2]) end
        redis.call('HINCRBY', keys[2], args[1], 1)
        for index = 4 + 3 * count, #args, 2 do redis.call('HSET', keys[2], args[index], args[index + 1]) end
        audit()
        return 'replaced'
        """;

    public async Task<IReadOnlyList<SealedValue>> ReadAsync(CancellationToken cancellationToken) =>
        [.. await ReadSecretsAsync(cancellationToken), .. (await ReadRingAsync(cancellationToken)).Rows.Select(Of)];

    public async Task<bool> ReplaceAsync(
        IReadOnlyList<SealedValue> before, IReadOnlyList<SealedValue> after, AuditEntry audit, CancellationToken cancellationToken)
    {
        var secrets = await ReadSecretsAsync(cancellationToken);
        var (version, rows) = await ReadRingAsync(cancellationToken);
        if (!SealedValue.AreSame([.. secrets, .. rows.Select(Of)], before))
        {
            return false;
        }

        var outcome = await audits.ChangeAsync(
            Replace,
            [database.Keys.Secrets, database.Keys.SigningKeys],
            [
                RedisKeyStore.Version,
                version,
                secrets.Count,
                .. secrets.SelectMany(secret => new RedisValue[] { secret.Name, secret.Value, NewOf(secret.Name, false) }),
                .. rows.SelectMany(row => new RedisValue[]
                {
                    row.KeyId, RedisJson.Write(row with { SealedPrivatePart = NewOf(row.KeyId, true) }),
                }),
            ],
            audit,
            cancellationToken);
        return (string)outcome is "replaced";

        byte[] NewOf(string name, bool isSigningKey) =>
            after.Single(value => value.Name == name && value.IsSigningKey == isSigningKey).Value;
    }

    private async Task<List<SealedValue>> ReadSecretsAsync(CancellationToken cancellationToken) =>
    [
        .. (await database.RunAsync(redis => redis.HashGetAllAsync(database.Keys.Secrets), cancellationToken))
            .Select(field => new SealedValue(false, field.Name.ToString(), field.Name.ToString(), (byte[])field.Value!)),
    ];

    private async Task<(RedisValue Version, List<StoredKeyRow> Rows)> ReadRingAsync(CancellationToken cancellationToken)
    {
        var fields = await database.RunAsync(redis => redis.HashGetAllAsync(database.Keys.SigningKeys), cancellationToken);
        var version = Array.Find(fields, field => field.Name == RedisKeyStore.Version).Value;
        return (
            version.IsNull ? "0" : version,
            [.. fields.Where(field => field.Name != RedisKeyStore.Version).Select(field => RedisJson.Read<StoredKeyRow>(field.Value))]);
    }

    private static SealedValue Of(StoredKeyRow row) =>
        new(true, row.KeyId, SealedPurposes.OfKey(row.KeyId, row.Algorithm), row.SealedPrivatePart);
}
