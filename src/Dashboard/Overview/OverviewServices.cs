using Dashboard.App;
using Dashboard.Hosting.Stats;

namespace Dashboard.Overview;

internal static class OverviewServices
{
    public static IServiceCollection AddOverview(this IServiceCollection services)
    {
        services.AddSingleton<HealthReader>();
        services.AddSingleton<StatsReader>();
        services.AddSingleton<OverviewSources>();
        services.AddSingleton<FailingNowReader>();
        services.AddSingleton<OverviewReader>();
        services.AddSingleton(new TopBarItem(typeof(HealthSummary)));
        return services;
    }
}
