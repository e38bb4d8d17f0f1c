using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>More open pages than a session may have.</summary>
public sealed class CircuitLimitJourney(Chromium chromium)
{
    [Fact]
    public async Task One_page_too_many_says_so_and_opens_once_another_is_closed()
    {
        await using var signet = await SignetProcess.StartAsync(null, ("Circuits__PerSession", "2"));
        await using var visit = await chromium.VisitAsync(signet.Address);
        var first = await visit.Context.NewPageAsync();
        await (await SignInPage.OpenAsync(first)).SubmitAsync("admin", SignetProcess.Password);
        await Overview(first).WaitForAsync();
        var second = await visit.Context.NewPageAsync();
        await second.GotoAsync("/");
        await Overview(second).WaitForAsync();

        var third = await visit.Context.NewPageAsync();
        await third.GotoAsync("/");
        await Assertions.Expect(third.GetByText("Too many pages of Signet are open")).ToBeVisibleAsync();
        await Assertions.Expect(Overview(third)).Not.ToBeVisibleAsync();

        await second.GotoAsync("about:blank");
        await Eventually.AsyncTrue(async () =>
        {
            await third.ReloadAsync();
            return await Opens(third);
        });

        // Its own place does not count against a page that is loaded again.
        await first.ReloadAsync();
        await Overview(first).WaitForAsync();
    }

    private static async Task<bool> Opens(IPage page)
    {
        var refused = page.GetByText("Too many pages of Signet are open");
        await Eventually.AsyncTrue(async () => await Overview(page).IsVisibleAsync() || await refused.IsVisibleAsync());
        return await Overview(page).IsVisibleAsync();
    }

    private static ILocator Overview(IPage page) =>
        page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview", Level = 1 });
}
