namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Tests of a class that go to one Signet, each with clients and people of its own.</summary>
public interface ISharesSignet
{
    /// <summary>Settings beyond those of every test.</summary>
    static virtual string[] Settings => [];
}

/// <summary>One Signet for all tests of a class: each start takes more than a second.</summary>
public sealed class SharedSignet<TTests> : SharedSignet
    where TTests : ISharesSignet
{
    protected override string[] Settings => TTests.Settings;
}

/// <inheritdoc cref="SharedSignet{TTests}"/>
public abstract class SharedSignet : IAsyncLifetime
{
    internal WholeSignet Signet { get; private set; } = null!;

    protected abstract string[] Settings { get; }

    public async ValueTask InitializeAsync() => Signet = await WholeSignet.StartAsync(Settings);

    public async ValueTask DisposeAsync()
    {
        await Signet.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
