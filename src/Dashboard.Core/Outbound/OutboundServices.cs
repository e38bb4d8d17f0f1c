using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Core.Outbound;

internal static class OutboundServices
{
    public static IServiceCollection AddOutbound(this IServiceCollection services) => services.AddSingleton<GuardedHttp>();
}
