using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Gateway.Files;
using Dashboard.Core.Gateway.Redis;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Live;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Core.Gateway;

internal static class GatewayServices
{
    public static IServiceCollection AddGateway(this IServiceCollection services) => services
        .AddSingleton<IGatewayReader, RedisGatewayReader>()
        .AddSingleton<GatewayPlanner>()
        .AddSingleton(provider => new GatewayImport(
            provider.GetRequiredService<GatewayPlanner>(),
            provider.GetRequiredService<ClientChanges>(),
            provider.GetRequiredService<ITokenLedger>(),
            provider.GetRequiredService<RefreshTokens>(),
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<KeyMaking>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new GatewayExport(
            provider.GetRequiredService<ClientDirectory>(),
            provider.GetRequiredService<ITokenLedger>(),
            provider.GetRequiredService<IRevocationStore>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<TimeProvider>()));
}
