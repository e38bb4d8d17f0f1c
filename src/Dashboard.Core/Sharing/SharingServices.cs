using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Sharing.Redis;
using Dashboard.Core.Sharing.Sqlite;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Purging;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Core.Sharing;

internal static class SharingServices
{
    public static IServiceCollection AddSharing(this IServiceCollection services) => services
        .AddStore<IReportShareStore, SqliteReportShareStore, RedisReportShareStore>()
        .AddTable<RedisReportShareTable>("report_shares", "id")
        .AddSingleton(provider => new PurgeStep("shared reports", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IReportShareStore>().PurgeAsync(now, limit, term, cancellationToken)))
        .AddSingleton(provider => new ReportShares(
            provider.GetRequiredService<IReportShareStore>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<ClaimMask>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>()));
}
