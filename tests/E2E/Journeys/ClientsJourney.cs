using System.Text.RegularExpressions;
using Dashboard.Tests.E2E.Infrastructure;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>An application from being registered to being deleted, and who may register others.</summary>
public sealed partial class ClientsJourney(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    [Fact]
    public async Task A_client_is_registered_gets_a_second_secret_is_disabled_and_deleted()
    {
        var name = $"invoices-{Guid.CreateVersion7():N}";
        await SignInAsync();
        await OpenAsync("/clients", "Clients");
        await Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "New client" }).ClickAsync();
        await Heading("New client").WaitForAsync();
        await Button("Register client").ClickAsync();
        await Assertions.Expect(Page.Locator("#client_name-error")).ToBeVisibleAsync();
        await AssertAccessibleAsync();
        await Page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync(name);
        await Page.GetByLabel("Redirect URIs").FillAsync("https://app.example.com/callback");
        await Page.GetByLabel("Scopes").FillAsync("files:read");
        await Button("Register client").ClickAsync();
        await Page.GiveReasonAsync("Register client", "nightly invoices");
        var first = await SecretAsync();
        Assert.DoesNotContain(first, Page.Url, StringComparison.Ordinal);
        await AssertAccessibleAsync();
        await Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "See the client" }).ClickAsync();
        await Heading(name).WaitForAsync();

        await Button("Add secret").ClickAsync();
        await Button("For 90 days").ClickAsync();
        await Page.GiveReasonAsync("Add secret", "rotation");
        Assert.NotEqual(first, await SecretAsync());
        await Assertions.Expect(Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Button("I have stored it").ClickAsync();
        await Page.ReloadAsync();
        await Heading(name).WaitForAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Client secret" })).ToHaveCountAsync(0);

        await ActAsync("Disable", "leaked its secret");
        await Assertions.Expect(Page.GetByText("It is disabled")).ToBeVisibleAsync();
        await ActAsync("Delete…", "of the old system", "Delete client");
        await Assertions.Expect(Page.GetByText("This client has ended")).ToBeVisibleAsync();
        await AssertAccessibleAsync();

        await OpenAsync($"/clients?q={name}&status=ended", "Clients");
        await Assertions.Expect(Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_initial_access_token_is_made_and_revoked()
    {
        var label = $"team-{Guid.CreateVersion7():N}";
        await SignInAsync();
        await OpenAsync("/clients/registration", "Registration");
        await Button("New token").ClickAsync();
        await Page.GetByLabel("What it is for").FillAsync(label);
        await Button("Make token").ClickAsync();
        await Page.GiveReasonAsync("Make token", "a new team");
        var token = await Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Initial access token", Exact = true }).InnerTextAsync();
        Assert.StartsWith("sgt_iat_", token.Trim(), StringComparison.Ordinal);
        await AssertAccessibleAsync();
        await Button("I have passed it on").ClickAsync();

        await Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = label }).GetByRole(AriaRole.Button).ClickAsync();
        await Page.GiveReasonAsync("Revoke token", "the team is gone");

        await Assertions.Expect(Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = label })).ToHaveCountAsync(0);
    }

    private async Task<string> SecretAsync()
    {
        var secret = await Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Client secret" }).InnerTextAsync();
        Assert.Matches(AClientSecret(), secret.Trim());
        return secret.Trim();
    }

    private async Task ActAsync(string line, string reason, string? action = null)
    {
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "More", Exact = true }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = line, Exact = true }).ClickAsync();
        await Page.GiveReasonAsync(action ?? line, reason);
    }

    [GeneratedRegex("^sgt_cs_[A-Za-z0-9_-]{43}$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AClientSecret();
}
