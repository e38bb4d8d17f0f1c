using Dashboard.Core.Agents;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Keys.Uses;
using Dashboard.Core.Live;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Core;

/// <summary>
/// The core at work for one command, beside a server or without one. Nothing runs in the background but what carries the
/// command's events and counts to the store and its news to the nodes; dispose it, so that they arrive.
/// </summary>
public sealed class CommandCore : IAsyncDisposable
{
    // In the order in which they start; they stop the other way round: what is written last is news, too.
    private readonly IReadOnlyList<IHostedService> _carriers;

    private CommandCore(IReadOnlyList<IHostedService> carriers) => _carriers = carriers;

    /// <summary>Opens the configured store and loads what commands work with. Makes no key, client or operator: only a start does.</summary>
    /// <exception cref="StartupException">There is no such store, or it or the master key cannot be used.</exception>
    public static async Task<CommandCore> OpenAsync(IServiceProvider services, CoreParts parts, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<IStorage>().OpenBesideAsync(cancellationToken);
        await services.GetRequiredService<SystemSecrets>().LoadAsync(cancellationToken);
        await services.GetRequiredService<OperatorDirectory>().LoadAsync(cancellationToken);
        List<IHostedService> carriers =
            [(IHostedService)services.GetRequiredService<IChangeFeed>(), services.GetRequiredService<EventLog>()];
        if (parts is not CoreParts.People)
        {
            await services.GetRequiredService<KeyRing>().RefreshAsync(cancellationToken);
            await services.GetRequiredService<RevocationList>().LoadAsync(
                services.GetRequiredService<IRevocationStore>(),
                services.GetRequiredService<TimeProvider>().GetUtcNow(),
                cancellationToken);
            await services.GetRequiredService<AgentKeyDirectory>().LoadAsync(cancellationToken);
            await services.GetRequiredService<RegistrationPolicies>().LoadAsync(cancellationToken);
            carriers.Add(services.GetRequiredService<KeyUses>());
        }

        if (parts is CoreParts.News)
        {
            carriers.Add(services.GetRequiredService<IChangeWatch>());
        }

        foreach (var carrier in carriers)
        {
            await carrier.StartAsync(cancellationToken);
        }

        return new CommandCore(carriers);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var carrier in _carriers.Reverse())
        {
            await carrier.StopAsync(CancellationToken.None);
        }
    }
}
