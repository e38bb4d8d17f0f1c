using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Tests of a class that go to one Signet, each with clients and people of its own.</summary>
public interface ISharesSignet
{
    /// <summary>Settings beyond those of every test.</summary>
    static virtual string[] Settings => [];

    /// <summary>Replaces services.</summary>
    static virtual void Configure(IServiceCollection services)
    {
    }
}

/// <summary>One Signet for all tests of a class: each start takes more than a second.</summary>
public sealed class SharedSignet<TTests> : SharedSignet
    where TTests : ISharesSignet
{
    private protected override Task<WholeSignet> StartAsync() => WholeSignet.StartAsync(TTests.Configure, TTests.Settings);
}

/// <inheritdoc cref="SharedSignet{TTests}"/>
public abstract class SharedSignet : IAsyncLifetime
{
    internal WholeSignet Signet { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Signet = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Signet.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<WholeSignet> StartAsync();
}
