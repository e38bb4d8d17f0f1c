using Dashboard.Tests.E2E.Infrastructure;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>A new colleague from being created to being disabled.</summary>
public sealed class OperatorsJourney(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    [Fact]
    public async Task A_colleague_is_created_signs_in_sees_what_support_sees_and_is_disabled()
    {
        var name = $"sue-{Guid.CreateVersion7():N}";
        await SignInAsync();
        await OpenAsync("/operators", "Operators");
        await Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "New operator" }).ClickAsync();
        await Heading("New operator").WaitForAsync();
        await Page.GetByLabel("User name").FillAsync(name);
        await Button("Create operator").ClickAsync();
        await Page.GiveReasonAsync("Create operator", "a new colleague");
        var password = await Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Password" }).InnerTextAsync();
        Assert.DoesNotContain(password.Trim(), Page.Url, StringComparison.Ordinal);
        await AssertAccessibleAsync();
        await Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "See the operator" }).ClickAsync();
        await Heading(name).WaitForAsync();

        var sue = await (await OtherBrowserAsync()).NewPageAsync();
        await sue.SignInFirstAsync(name, password.Trim());
        await Assertions.Expect(sue.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Tokens" }).First).ToBeVisibleAsync();
        await Assertions.Expect(sue.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Operators" })).ToHaveCountAsync(0);
        await sue.GotoAsync("/operators");
        await Assertions.Expect(sue.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Operators", Level = 1 })).ToHaveCountAsync(0);
        await sue.GotoAsync("/tokens");
        await sue.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Tokens", Level = 1 }).WaitForAsync();

        await Assertions.Expect(Page.GetByText("Enabled", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Button("Disable").ClickAsync();
        await Page.GiveReasonAsync("Disable", "left the company");
        await Assertions.Expect(Page.GetByText("Disabled", new PageGetByTextOptions { Exact = true }).First).ToBeVisibleAsync();
        await sue.WaitForURLAsync(url => url.Contains("/login", StringComparison.Ordinal));
        await Assertions.Expect(sue.GetByText("Your account was changed")).ToBeVisibleAsync();
    }
}
