using Bunit;
using Dashboard.Agents;
using Dashboard.Controls;
using Dashboard.Core.Agents;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Radzen;

namespace Dashboard.Tests.Unit.Agents.Pages;

/// <summary>The pages of agents and their keys.</summary>
public sealed class AgentPagesTests : PageTest
{
    public AgentPagesTests()
    {
        Services.AddRadzenComponents();
        Services.AddAgentPages();
        Services.AddSingleton(_ => Core.Get<AgentDirectory>());
        Services.AddSingleton(_ => Core.Get<AgentKeyDirectory>());
        Services.AddSingleton(_ => Core.Get<AgentKeys>());
        Services.AddSingleton(_ => Core.Get<AgentRemoval>());
        Services.AddSingleton(_ => Core.Get<EventLog>());
        Services.AddSingleton(_ => Core.Get<IOptions<AgentOptions>>());
    }

    private AgentKeys Keys => Core.Get<AgentKeys>();

    [Fact]
    public void Empty_lists_say_what_to_do_next()
    {
        Assert.Contains("No agent is registered", Show<AgentsPage>("/agents").Markup, StringComparison.Ordinal);
        Assert.Contains("No agent key", Show<AgentsPage>("/agents?tab=keys").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_are_listed_as_data_and_go_silent_before_ones_eyes()
    {
        await RegisterAsync();
        var page = Show<AgentsPage>("/agents");

        Assert.Equal("Alive", page.Find("td.state .status").TextContent.Trim());
        Assert.Contains("agent.example.com:8443", page.Find("td.place").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("a[href^='http']"));

        Core.Clock.Advance(TimeSpan.FromMinutes(2));
        page.WaitForAssertion(() => Assert.Equal("Silent", page.Find("td.state .status").TextContent.Trim()));
        Assert.Contains("No agent matches", Show<AgentsPage>("/agents?status=alive").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_is_made_shown_once_rotated_and_disabled()
    {
        var dialogs = Render<DialogHost>();
        var page = Show<AgentsPage>("/agents?tab=keys");
        await page.ClickButtonAsync("New key");
        page.Find("#label").Input("Robots");
        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "a team");

        page.WaitForAssertion(() => Assert.Contains("sgt_ak_", page.Markup, StringComparison.Ordinal));
        var key = Assert.Single(await Keys.ListAsync(Stop));
        await page.ClickButtonAsync("I have passed it on");
        Assert.DoesNotContain("agent_key</code>", page.Markup, StringComparison.Ordinal);

        await page.ClickButtonAsync("Rotate, old one works for 7 days");
        Answer(dialogs, "yearly");
        page.WaitForAssertion(() => Assert.Contains("has a new secret", page.Markup, StringComparison.Ordinal));
        Assert.Equal(2, (await Keys.ListAsync(Stop))[0].Secrets.Count);

        await page.ClickButtonAsync("Disable");
        Answer(dialogs, "lost");
        page.WaitForAssertion(() => Assert.Equal("Disabled", page.Find("td.state .status").TextContent.Trim()));
        Assert.False((await Keys.ListAsync(Stop)).Single(found => found.Id == key.Id).IsEnabled);
    }

    [Fact]
    public async Task Agent_is_removed_with_a_reason()
    {
        await RegisterAsync();
        var dialogs = Render<DialogHost>();
        var page = Render<AgentPage>(parameters => parameters.Add(shown => shown.Id, "agent-1")).Loaded();
        Assert.Contains("/tokens?subject=agent%3Aagent-1", page.Markup, StringComparison.Ordinal);

        await page.ClickButtonAsync("Remove");
        Answer(dialogs, "retired");

        page.WaitForAssertion(() => Assert.Contains("No agent with this id", page.Markup, StringComparison.Ordinal));
        Assert.Null(await Core.Get<IAgentStore>().FindAsync("agent-1", Stop));
    }

    private IRenderedComponent<TPage> Show<TPage>(string address)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TPage>().Loaded();
    }

    private async Task RegisterAsync()
    {
        var audit = new AuditEntry(Actor.Signet, "agent_key.created", "agent_key", "ak_1");
        await Core.Get<IAgentKeyStore>().AddAsync(AgentBuilder.Key(), audit, Stop);
        await Core.Get<AgentKeyDirectory>().LoadAsync(Stop);
        var now = Core.Clock.GetUtcNow();
        await Core.Get<IAgentStore>().RegisterAsync(
            AgentBuilder.Agent() with { RegisteredAt = now, LastSeenAt = now }, now.AddMinutes(-1), LedgerChange.None, Stop);
    }

    private static void Answer(IRenderedComponent<DialogHost> dialogs, string reason)
    {
        dialogs.WaitForElement("textarea").Input(reason);
        dialogs.Find("form").Submit();
    }
}
