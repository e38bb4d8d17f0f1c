using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>What every adapter of a store must do. Each adapter derives once, gives its settings and adds nothing else.</summary>
/// <param name="settings">The settings of a core on that adapter.</param>
public abstract class StoreContract(IReadOnlyDictionary<string, string?> settings) : IAsyncLifetime
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected CoreHost Host { get; private set; } = null!;

    /// <summary>The term of this core, for what only a leader may do.</summary>
    private protected Term Term { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Host = CoreHost.Create(settings);
        await OpenAsync();
        Term = (await Host.Get<LeaderElection>().FindTermAsync(Stop))!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes another node the leader, so that <see cref="Term"/> is over.</summary>
    private protected async Task EndTermAsync()
    {
        await Host.Get<LeaderElection>().StopAsync(Stop);
        var now = Host.Clock.GetUtcNow();
        Assert.NotNull(await Host.Get<ILeaseStore>().HoldAsync("another", now, now.AddMinutes(1), Stop));
    }

    /// <summary>Starts the whole core; contracts that need a store without anything in it start less.</summary>
    private protected virtual Task OpenAsync() => Host.OpenAsync();
}
