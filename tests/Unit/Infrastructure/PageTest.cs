using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Dashboard.Controls;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Pages over the real core on a folder of its own, for an operator of any role.</summary>
public abstract class PageTest : BunitContext, IAsyncLifetime
{
    private BunitAuthorizationContext _authorization = null!;

    private protected CoreHost Core { get; private set; } = null!;

    private protected IChangeFeed Feed => Core.Get<IChangeFeed>();

    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Core = await CoreHost.StartAsync(Settings);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Core.Clock);
        Services.AddSingleton(Core.Get<IOptions<SignetOptions>>());
        Services.AddControls();
        Services.AddFallbackServiceProvider(Core.Services);
        _authorization = AddAuthorization();
        SignInAs(Roles.Administrator);
    }

    /// <summary>Settings of the core beyond the usual ones.</summary>
    protected virtual IReadOnlyDictionary<string, string?>? Settings => null;

    /// <summary>Gives the operator a role's rights, in the middle of a page if need be.</summary>
    protected void SignInAs(string role)
    {
        _authorization.SetAuthorized("alice");
        _authorization.SetRoles(role);
        _authorization.SetClaims(new Claim(SignetClaims.Role, role), new Claim(SignetClaims.Session, "s-1"));
        _authorization.SetPolicies(role switch
        {
            Roles.Administrator =>
                [Policies.ReadTokens, Policies.RevokeToken, Policies.ManageTokens, Policies.Export, Policies.ReadKeys, Policies.ManageKeys, Policies.ReadAudit],
            Roles.Reviewer => [Policies.ReadTokens, Policies.Export, Policies.ReadKeys, Policies.ReadAudit],
            _ => [Policies.ReadTokens, Policies.RevokeToken],
        });
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Core.DisposeAsync();
    }
}
