using Dashboard.Controls;

namespace Dashboard.Failures;

internal static class FailureServices
{
    public static IServiceCollection AddFailures(this IServiceCollection services) =>
        services.AddScoped<IPaletteSource, FailurePaletteSource>();
}
