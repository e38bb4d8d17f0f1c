using Bunit;
using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Live;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sharing;
using Dashboard.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Pages over the real core on a folder of its own, for an operator of any role.</summary>
public abstract class PageTest : BunitContext, IAsyncLifetime
{
    private TestOperator _operator = null!;

    private protected CoreHost Core { get; private set; } = null!;

    private protected IChangeFeed Feed => Core.Get<IChangeFeed>();

    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Core = await CoreHost.StartAsync(Settings, configure: services => services.AddSingleton<IPasswordHashing, FastHashing>());
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Core.Clock);
        Services.AddSingleton(Core.Get<IOptions<SignetOptions>>());
        Services.AddControls();
        Services.AddActs();
        Services.AddSingleton(Core.Get<AccessControl>());
        Services.AddSingleton(Core.Get<OperatorDirectory>());
        Services.AddSingleton(Core.Get<ReportShares>());
        Services.AddFallbackServiceProvider(Core.Services);
        _operator = new TestOperator(AddAuthorization(), Core.Clock);
        Services.AddSingleton<ICircuitOperator>(_operator);
        SignInAs(Roles.Administrator);
    }

    /// <summary>Settings of the core beyond the usual ones.</summary>
    protected virtual IReadOnlyDictionary<string, string?>? Settings => null;

    /// <summary>Gives the operator a role's rights, in the middle of a page if need be.</summary>
    protected void SignInAs(string role) => _operator.Be("alice", role);

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Core.DisposeAsync();
    }
}
