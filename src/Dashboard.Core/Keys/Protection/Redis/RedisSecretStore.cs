using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Keys.Protection.Redis;

internal sealed class RedisSecretStore(RedisDatabase database) : ISecretStore
{
    private const string GetOrAdd = """
        redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
        return redis.call('HGET', KEYS[1], ARGV[1])
        """;

    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        await database.RunAsync(redis => redis.HashLengthAsync(database.Keys.Secrets), cancellationToken) == 0;

    public async Task<byte[]> GetOrAddAsync(string name, byte[] sealedValue, CancellationToken cancellationToken) =>
        (byte[])await database.CommitAsync(GetOrAdd, [database.Keys.Secrets], [name, sealedValue], cancellationToken);
}
