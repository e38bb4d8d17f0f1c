namespace Dashboard.Arcp;

internal static class ArcpServices
{
    public static IServiceCollection AddArcp(this IServiceCollection services) => services.AddSingleton<ApiLogin>();
}
