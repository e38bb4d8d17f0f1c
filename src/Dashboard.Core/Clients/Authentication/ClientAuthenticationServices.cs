using Dashboard.Core.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Core.Clients.Authentication;

internal static class ClientAuthenticationServices
{
    public static IServiceCollection AddClientAuthentication(this IServiceCollection services) => services
        .AddSingleton<ClientKeySets>()
        .AddSingleton<ClientAssertions>()
        .AddSingleton(provider => new ClientAuthentication(
            provider.GetRequiredService<ClientDirectory>(),
            provider.GetRequiredService<ClientAssertions>(),
            provider.GetRequiredService<ClientUses>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<TimeProvider>()));
}
