using System.Text.RegularExpressions;
using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>Seeing who is signed in, and ending it.</summary>
public sealed partial class SessionsJourneys(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    // It takes a moment; the page that follows takes longer on a busy machine, and no test is about how fast that is.
    private const int Patience = 15_000;

    [Fact]
    public async Task Ending_a_session_closes_the_other_browser_by_itself_and_says_why()
    {
        var other = await SignInElsewhereAsync("/tokens", "Tokens");
        var name = await NameOfAsync(other);
        await SignInAsync();
        await OpenAsync($"/sessions/{name}", "Session of admin");

        await Button("End session").ClickAsync();
        await AssertAccessibleAsync();
        await Page.GiveReasonAsync("End session", "lost laptop");

        await Assertions.Expect(other).ToHaveURLAsync(LoginPage(), new PageAssertionsToHaveURLOptions { Timeout = Patience });
        await Assertions.Expect(other.GetByText("This session was ended from elsewhere.")).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByText("“lost laptop”")).ToBeVisibleAsync();
        await Assertions.Expect(Button("End session")).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_login_elsewhere_appears_by_itself_and_the_own_row_has_no_button()
    {
        await SignInAsync();
        await OpenAsync("/sessions?state=open&kind=browser", "Sessions");
        var own = Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "This session" });
        await Assertions.Expect(own).ToHaveCountAsync(1);
        await Assertions.Expect(own.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        var other = await SignInElsewhereAsync("/tokens", "Tokens");
        var name = await NameOfAsync(other);

        await Assertions.Expect(Page.Locator($"a[href='/sessions/{name}']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_narrow_screen_a_row_can_be_ended_too()
    {
        await SignInElsewhereAsync("/tokens", "Tokens");
        await SignInAsync();
        await Page.SetViewportSizeAsync(390, 844);
        await OpenAsync("/sessions?state=open&kind=browser", "Sessions");

        var end = Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = EndOfSession() }).First;
        await end.FocusAsync();
        await Assertions.Expect(end).ToBeInViewportAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(Page.GetByLabel("Reason")).ToBeVisibleAsync();
    }

    private async Task<IPage> SignInElsewhereAsync(string path, string heading)
    {
        var page = await (await OtherBrowserAsync()).NewPageAsync();
        var signIn = await SignInPage.OpenAsync(page, path);
        await signIn.SubmitAsync("admin", SignetProcess.Password);
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = heading, Level = 1 }).WaitForAsync();
        return page;
    }

    // In a tab beside the page, so that the page stays where it is.
    private static async Task<string> NameOfAsync(IPage page)
    {
        var tab = await page.Context.NewPageAsync();
        await tab.GotoAsync("/sessions?state=open&kind=browser");
        var own = tab.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "This session" });
        var href = await own.Locator("td.c-client a").GetAttributeAsync("href");
        await tab.CloseAsync();
        return href!.Split('/')[^1];
    }

    [GeneratedRegex("/login", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LoginPage();

    [GeneratedRegex("^End session of admin", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex EndOfSession();
}
