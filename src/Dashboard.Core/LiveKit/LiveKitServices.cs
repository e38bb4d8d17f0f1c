using Dashboard.Core.LiveKit.Issuing;
using Dashboard.Core.LiveKit.Validation;
using Dashboard.Core.Tokens.Issuing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.LiveKit;

internal static class LiveKitServices
{
    public static IServiceCollection AddLiveKit(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<LiveKitOptions, LiveKitOptionsValidator>().BindConfiguration(LiveKitOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LiveKitOptions>, LiveKitOptionsRules>());
        return services
            .AddSingleton<LiveKitKey>()
            .AddSingleton<LiveKitWriter>()
            .AddSingleton(provider => new LiveKitTokens(
                provider.GetRequiredService<TokenIssuer>(), provider.GetRequiredService<IOptions<LiveKitOptions>>()))
            .AddSingleton<LiveKitShape>()
            .AddSingleton<LiveKitAlgorithmCheck>()
            .AddSingleton<LiveKitTypeCheck>()
            .AddSingleton<LiveKitIssuerCheck>()
            .AddSingleton<LiveKitClaimsCheck>()
            .AddSingleton<LiveKitLifetimeCheck>()
            .AddSingleton<LiveKitLedgerCheck>()
            .AddSingleton<LiveKitChecks>();
    }
}
