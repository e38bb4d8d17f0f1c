using Dashboard.Core.Keys.Protection;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys;

/// <summary>What every secret store must do. Each adapter derives once and adds nothing else.</summary>
public abstract class SecretStoreContract : IAsyncLifetime
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected ISecretStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>A store without secrets.</summary>
    private protected abstract Task<ISecretStore> CreateAsync();

    [Fact]
    public async Task Get_or_add_concurrently_gives_everybody_the_same_value()
    {
        Assert.True(await Store.IsEmptyAsync(Stop));

        var values = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() =>
            Store.GetOrAddAsync("audit", [(byte)number], Stop))));

        Assert.Single(values.Select(value => value[0]).Distinct());
        Assert.Equal(values[0], await Store.GetOrAddAsync("audit", [99], Stop));
        Assert.False(await Store.IsEmptyAsync(Stop));
    }

    [Fact]
    public async Task Get_or_add_keeps_names_apart()
    {
        Assert.Equal([1], await Store.GetOrAddAsync("a", [1], Stop));
        Assert.Equal([2], await Store.GetOrAddAsync("A", [2], Stop));
        Assert.Equal([1], await Store.GetOrAddAsync("a", [3], Stop));
    }
}

public sealed class SqliteSecretStoreTests : SecretStoreContract
{
    private CoreHost _host = null!;

    public override ValueTask DisposeAsync() => _host.DisposeAsync();

    private protected override async Task<ISecretStore> CreateAsync()
    {
        _host = await CoreHost.StartAsync();
        _host.Tamper("DELETE FROM secrets;");
        return _host.Get<ISecretStore>();
    }
}
