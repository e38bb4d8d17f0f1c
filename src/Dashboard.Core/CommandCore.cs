using Dashboard.Core.Events;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Live;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Core;

/// <summary>
/// The core at work for one command, beside a server or without one. Nothing runs in the background but what carries the
/// command's events to the store and its news to the nodes; dispose it, so that they arrive.
/// </summary>
public sealed class CommandCore : IAsyncDisposable
{
    private readonly EventLog _events;
    private readonly IHostedService _feed;

    private CommandCore(EventLog events, IHostedService feed) => (_events, _feed) = (events, feed);

    /// <summary>Opens the configured store and loads what commands work with. The key ring and revocations stay unread.</summary>
    /// <exception cref="StartupException">There is no such store, or it or the master key cannot be used.</exception>
    public static async Task<CommandCore> OpenAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<IStorage>().OpenBesideAsync(cancellationToken);
        await services.GetRequiredService<SystemSecrets>().LoadAsync(cancellationToken);
        await services.GetRequiredService<OperatorDirectory>().LoadAsync(cancellationToken);
        var core = new CommandCore(
            services.GetRequiredService<EventLog>(), (IHostedService)services.GetRequiredService<IChangeFeed>());
        await core._feed.StartAsync(cancellationToken);
        await core._events.StartAsync(cancellationToken);
        return core;
    }

    public async ValueTask DisposeAsync()
    {
        // The events first: writing them is news, too.
        await _events.StopAsync(CancellationToken.None);
        await _feed.StopAsync(CancellationToken.None);
    }
}
