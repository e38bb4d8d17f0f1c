using System.Text.RegularExpressions;
using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>Signing in and out, and what a stolen cookie is worth.</summary>
public sealed partial class SignInJourneys(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    [Fact]
    public async Task A_wrong_password_is_refused_and_the_name_is_kept()
    {
        var signIn = await SignInPage.OpenAsync(Page);
        await AssertAccessibleAsync();

        await signIn.SubmitAsync("admin", "certainly not the password");

        await Assertions.Expect(signIn.Alert.First).ToBeVisibleAsync();
        await Assertions.Expect(signIn.UserName).ToHaveValueAsync("admin");
        await AssertAccessibleAsync();
    }

    [Fact]
    public async Task Signing_in_returns_to_the_page_that_was_asked_for()
    {
        var signIn = await SignInPage.OpenAsync(Page, "/tokens?status=revoked");
        Assert.Contains("/login", Page.Url, StringComparison.Ordinal);

        await signIn.SubmitAsync("admin", SignetProcess.Password);

        await Heading("Tokens").WaitForAsync();
        Assert.EndsWith("/tokens?status=revoked", Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await SignInAsync();

        var cookie = (await Context.CookiesAsync()).Single(cookie => cookie.Name == "__Host-signet");

        Assert.True(cookie.HttpOnly && cookie.Secure);
        Assert.Equal(SameSiteAttribute.Lax, cookie.SameSite);
        Assert.Equal("/", cookie.Path);
        Assert.Equal(-1, cookie.Expires);
    }

    [Fact]
    public async Task Signing_out_closes_the_other_tab_and_says_why()
    {
        await SignInAsync();
        var other = await Context.NewPageAsync();
        await other.GotoAsync("/tokens");
        await other.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Tokens", Level = 1 }).WaitForAsync();

        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "admin" }).ClickAsync();
        await Page.GetByText("Sign out").ClickAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(LoginPage());
        await Assertions.Expect(other).ToHaveURLAsync(LoginPage());

        await Assertions.Expect(other.GetByText("signed out")).ToBeVisibleAsync();
        await other.GotoAsync("/tokens");
        Assert.Contains("/login", other.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_leaves_its_person_in_the_dashboard_and_tells_others_nothing()
    {
        await Page.GotoAsync("/no/such/page");
        await Heading("There is nothing at this address").WaitForAsync();
        await Assertions.Expect(Navigation).Not.ToBeVisibleAsync();

        await SignInAsync();
        var answer = await Page.GotoAsync("/no/such/page");

        Assert.Equal(404, answer!.Status);
        await Heading("There is nothing at this address").WaitForAsync();
        await Assertions.Expect(Navigation).ToBeVisibleAsync();
        await AssertAccessibleAsync();
        await Navigation.GetByText("Tokens", new LocatorGetByTextOptions { Exact = true }).Last.ClickAsync();
        await Heading("Tokens").WaitForAsync();
    }

    [Fact]
    public async Task A_copied_cookie_opens_nothing_in_another_browser()
    {
        await SignInAsync();
        var stolen = (await Context.CookiesAsync()).Single(cookie => cookie.Name == "__Host-signet");
        var thief = await OtherBrowserAsync();
        await thief.AddCookiesAsync([new Cookie { Name = stolen.Name, Value = stolen.Value, Url = $"https://localhost:{Signet.Process.Address.Port}/", Secure = true, HttpOnly = true }]);

        var page = await thief.NewPageAsync();
        await page.GotoAsync("/tokens");

        // Whoever copied it is asked for what no cookie holds; the page is not even there.
        await page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Is it still you?" }).WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Tokens", Level = 1 })).Not.ToBeAttachedAsync();
        await page.GotoAsync("/tokens");
        await Assertions.Expect(page).ToHaveURLAsync(ConfirmPage());
    }

    [Fact]
    public async Task A_copied_cookie_in_a_script_is_refused_by_its_headers()
    {
        await SignInAsync();
        var stolen = (await Context.CookiesAsync()).Single(cookie => cookie.Name == "__Host-signet");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/tokens");
        request.Headers.Add("Cookie", $"{stolen.Name}={stolen.Value}");
        request.Headers.UserAgent.ParseAdd("curl/8.5.0");
        using var answer = await Signet.Anybody.SendAsync(request, Stop);

        Assert.Equal(401, (int)answer.StatusCode);
        await Assertions.Expect(Page).ToHaveURLAsync(LoginPage());
        Assert.Contains("reason=device", Page.Url, StringComparison.Ordinal);
    }

    [GeneratedRegex("/confirm", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ConfirmPage();

    [GeneratedRegex("/login", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LoginPage();

    private ILocator Navigation => Page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Main" });
}
