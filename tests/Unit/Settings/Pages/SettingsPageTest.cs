using Bunit;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Events;
using Dashboard.Core.Posture;
using Dashboard.Core.Scopes;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Storage.Status;
using Dashboard.Hosting.Settings;
using Dashboard.Settings;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Settings.Pages;

/// <summary>The settings page over the real core.</summary>
public abstract class SettingsPageTest : PageTest
{
    protected SettingsPageTest()
    {
        Services.AddScoped<SettingsExporter>();
        Services.AddSingleton(_ => new EffectiveSettings(
            new ServiceCollection().AddEffectiveSettings().BuildServiceProvider().GetServices<SettingGroup>(),
            Core.Get<IConfiguration>(),
            Core.Get<RegistrationPolicies>(),
            Core.Services));
        Services.AddSingleton(provider => new SettingsSources(
            Core.Get<PostureReader>(),
            provider.GetRequiredService<EffectiveSettings>(),
            Core.Get<PurgeWorker>(),
            new NodeReader(Core.Get<DeploymentStatus>(), Core.Get<EventLog>(), [new NodeFact("open_pages", "Open pages", () => "7")]),
            new ScopeReader(
                Core.Get<ScopeHierarchy>(), Core.Get<ProtectedResources>(), provider.GetRequiredService<EffectiveSettings>())));
    }

    private protected IRenderedComponent<SettingsPage> Show(string query = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/settings" + query);
        return Render<SettingsPage>().Loaded();
    }
}
