using Dashboard.Core.Idempotency.Redis;
using Dashboard.Core.Idempotency.Sqlite;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Purging;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Core.Idempotency;

internal static class IdempotencyServices
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services) => services
        .AddStore<IIdempotencyStore, SqliteIdempotencyStore, RedisIdempotencyStore>()
        .AddTable<RedisIdempotencyTable>("idempotency", "id")
        .AddSingleton(provider => new IdempotentRequests(
            provider.GetRequiredService<IIdempotencyStore>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new PurgeStep("remembered requests", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IIdempotencyStore>().PurgeAsync(now, limit, term, cancellationToken)));
}
