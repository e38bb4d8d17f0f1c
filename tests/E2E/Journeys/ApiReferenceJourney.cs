using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>Somebody who writes a program looks up what an endpoint takes and answers.</summary>
public sealed class ApiReferenceJourney(SharedSignet signet, Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task An_endpoint_is_found_opened_and_read_wide_and_narrow(ColorScheme theme)
    {
        await using var visit = await chromium.VisitAsync(signet.Process.Address, theme);
        var page = await visit.Context.NewPageAsync();
        var signIn = await SignInPage.OpenAsync(page);
        await signIn.SubmitAsync("admin", SignetProcess.Password);
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Account of admin" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "API reference" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "API reference" }).WaitForAsync();
        await page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Contents" })
            .GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Keys", Exact = true }).ClickAsync();
        var rotation = page.Locator("#RotateKeys");
        await rotation.Locator("summary").ClickAsync();
        await Assertions.Expect(rotation.GetByText("STEP_UP_REQUIRED")).ToBeVisibleAsync();
        await Assertions.Expect(rotation.GetByText("administrator, with a recent proof")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        await page.SetViewportSizeAsync(390, 844);
        await page.AssertReachableAsync();
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await rotation.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "RotateKeysRequest" }).ClickAsync();
        await Assertions.Expect(page.Locator("#object-RotateKeysRequest summary")).ToBeInViewportAsync();
    }
}
