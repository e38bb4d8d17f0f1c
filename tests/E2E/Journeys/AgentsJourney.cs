using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>An agent from its key to its removal, as an administrator sees it.</summary>
public sealed class AgentsJourney(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    [Fact]
    public async Task An_agent_registers_with_a_new_key_appears_by_itself_and_is_removed()
    {
        var (label, id) = ($"robots-{Guid.CreateVersion7():N}", $"agent-{Guid.CreateVersion7():N}");
        await SignInAsync();
        await OpenAsync("/agents?tab=keys", "Agents");
        await Button("New key").ClickAsync();
        await Page.GetByLabel("What it is for").FillAsync(label);
        await Button("Make key").ClickAsync();
        await Page.GiveReasonAsync("Make key", "a new team");
        var key = (await Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Agent key", Exact = true }).InnerTextAsync()).Trim();
        Assert.StartsWith("sgt_ak_", key, StringComparison.Ordinal);
        Assert.DoesNotContain(key, Page.Url, StringComparison.Ordinal);
        await AssertAccessibleAsync();
        await Button("I have passed it on").ClickAsync();

        await Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Agents" }).ClickAsync();
        await RegisterAsync(id, key);
        await Page.GetByLabel("Search agents").FillAsync(id);
        var row = Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "Journey agent" });
        await Assertions.Expect(row.GetByText("Alive")).ToBeVisibleAsync();
        await AssertAccessibleAsync();

        await row.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Journey agent" }).ClickAsync();
        await Heading("Journey agent").WaitForAsync();
        await AssertAccessibleAsync();
        await Button("Remove").ClickAsync();
        await Page.GiveReasonAsync("Remove agent", "retired");
        await Assertions.Expect(Page.GetByText("No agent with this id")).ToBeVisibleAsync();
    }

    private async Task RegisterAsync(string id, string key)
    {
        using var http = new HttpClient { BaseAddress = new Uri(new Uri(Page.Url).GetLeftPart(UriPartial.Authority)) };
        using var asked = await http.PostAsJsonAsync(
            "/auth/agent/request_temp_token", new { agent_id = id, agent_type = "testing", agent_key = key }, TestContext.Current.CancellationToken);
        var temp = await asked.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", temp.GetProperty("temp_token").GetString());
        using var registered = await http.PostAsJsonAsync(
            "/agents/register",
            new
            {
                agent_id = id,
                name = "Journey agent",
                agent_type = "testing",
                endpoint = "https://agent.example.com",
                context_brief = "Goes on a journey.",
                capabilities = new[] { "walk" },
                owner = "Tests",
                public_key = new string('k', 44),
                metadata = new { site = "here" },
                version = "1.0.0",
                communication_mode = "remote",
            },
            TestContext.Current.CancellationToken);
        registered.EnsureSuccessStatusCode();
    }
}
