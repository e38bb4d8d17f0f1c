namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>What every adapter of a store must do. Each adapter derives once, gives its settings and adds nothing else.</summary>
/// <param name="settings">The settings of a core on that adapter.</param>
public abstract class StoreContract(IReadOnlyDictionary<string, string?> settings) : IAsyncLifetime
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected CoreHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = CoreHost.Create(settings);
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the whole core; contracts that need a store without anything in it start less.</summary>
    private protected virtual Task OpenAsync() => Host.OpenAsync();
}
