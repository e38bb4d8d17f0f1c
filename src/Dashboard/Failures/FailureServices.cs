using Dashboard.Controls;
using Dashboard.Hosting.Failures;

namespace Dashboard.Failures;

internal static class FailureServices
{
    public static IServiceCollection AddFailures(this IServiceCollection services)
    {
        services.AddSingleton<FailureReader>();
        services.AddSingleton<RefusalsNowReader>();
        services.AddScoped<IPaletteSource, FailurePaletteSource>();
        return services;
    }
}
