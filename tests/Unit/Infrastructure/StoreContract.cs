namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>What every adapter of a store must do. Each adapter derives once, gives its settings and adds nothing else.</summary>
/// <param name="settings">The settings of a core on that adapter.</param>
public abstract class StoreContract(IReadOnlyDictionary<string, string?> settings) : IAsyncLifetime
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected CoreHost Host { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() => Host = await CoreHost.StartAsync(settings);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
