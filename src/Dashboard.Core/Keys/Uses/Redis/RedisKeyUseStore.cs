using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Keys.Uses.Redis;

internal sealed class RedisKeyUseStore(RedisDatabase database) : IKeyUseStore
{
    // KEYS: uses. ARGV: kid, number and time or empty, for each.
    private const string Add = """
        for index = 1, #ARGV, 3 do
            local row = cjson.decode(redis.call('HGET', KEYS[1], ARGV[index]) or '{}')
            row.key_id = ARGV[index]
            row.issued = (row.issued or 0) + tonumber(ARGV[index + 1])
            local at = tonumber(ARGV[index + 2])
            if at and at > (row.last_verified_at or 0) then row.last_verified_at = at end
            redis.call('HSET', KEYS[1], ARGV[index], cjson.encode(row))
        end
        return 1
        """;

    public async Task<IReadOnlyDictionary<string, KeyUse>> ReadAsync(CancellationToken cancellationToken) =>
        (await database.RunAsync(redis => redis.HashGetAllAsync(database.Keys.KeyUses), cancellationToken))
            .Select(field => RedisJson.Read<KeyUseRow>(field.Value))
            .ToDictionary(row => row.KeyId, row => row.ToUse(), StringComparer.Ordinal);

    public Task AddAsync(IReadOnlyDictionary<string, KeyUse> uses, CancellationToken cancellationToken) => database.EvaluateAsync(
        Add,
        [database.Keys.KeyUses],
        [
            .. uses.SelectMany(use => new RedisValue[]
            {
                use.Key, use.Value.Issued, use.Value.LastVerifiedAt is { } at ? at.ToUnixTimeMilliseconds() : "",
            }),
        ],
        cancellationToken);
}
