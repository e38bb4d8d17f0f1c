using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>The server dies under an open page and comes back: the page is kept until its person reloads it, and the session lives.</summary>
public sealed class RestartJourney(Chromium chromium)
{
    [Fact]
    public async Task An_open_page_says_so_keeps_what_was_typed_and_the_session_survives()
    {
        await using var signet = await SignetProcess.StartAsync();
        await using var visit = await chromium.VisitAsync(signet.Address);
        var page = await visit.Context.NewPageAsync();
        var signIn = await SignInPage.OpenAsync(page);
        await signIn.SubmitAsync("admin", SignetProcess.Password);
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();
        await page.GotoAsync("/mint");
        await page.GetByLabel("Subject").FillAsync("half-typed");

        await signet.KillAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await signet.RestartAsync();

        var reload = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Reload" });
        await reload.WaitForAsync();
        await Assertions.Expect(page.GetByLabel("Subject")).ToHaveValueAsync("half-typed");
        await reload.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Mint a token", Level = 1 }).WaitForAsync();
        Assert.EndsWith("/mint", page.Url, StringComparison.Ordinal);
    }
}
