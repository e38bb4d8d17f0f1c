using Dashboard.Core.Primitives;

namespace Dashboard.Core.Storage.Redis;

internal sealed class RedisStoreHealth(RedisDatabase database) : IStoreHealth
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await database.RunAsync(redis => redis.StringSetAsync(database.Keys.Health, "1", Kept), cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
