using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Keys.Uses.Redis;

internal sealed class RedisKeyUseStore(RedisDatabase database) : IKeyUseStore
{
    // KEYS: uses. ARGV: kid, number, when last signed and when last verified, or empty, for each. Written member by member: cjson
    // knows no order, and a row is the same bytes whoever writes it.
    private const string Add = """
        for index = 1, #ARGV, 4 do
            local row = cjson.decode(redis.call('HGET', KEYS[1], ARGV[index]) or '{}')
            local text = '{"key_id":' .. cjson.encode(ARGV[index])
                .. string.format(',"issued":%.0f', (row.issued or 0) + tonumber(ARGV[index + 1]))
            for offset, name in ipairs({'last_signed_at', 'last_verified_at'}) do
                local at, before = tonumber(ARGV[index + 1 + offset]), row[name]
                if at and (not before or at > before) then before = at end
                if before then text = text .. string.format(',"%s":%.0f', name, before) end
            end
            redis.call('HSET', KEYS[1], ARGV[index], text .. '}')
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
                use.Key, use.Value.Issued, Text(use.Value.LastSignedAt), Text(use.Value.LastVerifiedAt),
            }),
        ],
        cancellationToken);

    private static RedisValue Text(DateTimeOffset? time) => time is { } at ? at.ToUnixTimeMilliseconds() : "";
}
