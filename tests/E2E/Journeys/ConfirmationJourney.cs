using System.Text.RegularExpressions;
using Dashboard.Tests.E2E.Infrastructure;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>What happens when a browser is not quite the one that signed in: it is asked, and no work is lost.</summary>
public sealed partial class ConfirmationJourney(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    private const string Cookie = "__Host-signet";

    [Fact]
    public async Task Cleared_storage_is_confirmed_on_the_page_itself_under_a_new_id()
    {
        await SignInAsync();
        var before = await CookieAsync();
        await ForgetAsync();

        await Page.GotoAsync("/tokens?status=revoked");
        await Cover.WaitForAsync();
        await Assertions.Expect(Heading("Tokens")).Not.ToBeAttachedAsync();
        await AssertAccessibleAsync();
        await ProveAsync("certainly not the password");
        await Assertions.Expect(Cover.GetByText("That was not right")).ToBeVisibleAsync();
        await ProveAsync(SignetProcess.Password);

        await Heading("Tokens").WaitForAsync();
        await Assertions.Expect(Cover).Not.ToBeVisibleAsync();
        Assert.EndsWith("/tokens?status=revoked", Page.Url, StringComparison.Ordinal);
        Assert.NotEqual(before, await CookieAsync());
        await Page.ReloadAsync();
        await Heading("Tokens").WaitForAsync();
    }

    [Fact]
    public async Task An_older_browser_covers_the_open_page_and_what_was_typed_is_kept()
    {
        await SignInAsync();
        await OpenAsync("/mint", "Mint a token");
        await Page.GetByLabel("Subject").FillAsync("typed before");

        // The same browser family, a lower version: somebody may have copied the cookie into an older copy of it.
        var agent = await Page.EvaluateAsync<string>("navigator.userAgent");
        using var answer = await NavigateAsync("/tokens", Version().Replace(agent, "Chrome/60"));
        Assert.Equal(303, (int)answer.StatusCode);
        Assert.Equal("/confirm?returnUrl=%2Ftokens", answer.Headers.Location?.ToString());

        await Cover.WaitForAsync();
        await ProveAsync(SignetProcess.Password);

        await Assertions.Expect(Cover).Not.ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByLabel("Subject")).ToHaveValueAsync("typed before");
    }

    [Fact]
    public async Task A_page_that_is_opened_while_a_confirmation_is_due_asks_and_leads_back()
    {
        await SignInAsync();
        var agent = await Page.EvaluateAsync<string>("navigator.userAgent");
        (await NavigateAsync("/tokens", Version().Replace(agent, "Chrome/60"))).Dispose();

        await Page.GotoAsync("/tokens?kind=minted");
        await Heading("Is it still you?").WaitForAsync();
        await AssertAccessibleAsync();
        await Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(SignetProcess.Password);
        await Button("Confirm").ClickAsync();

        await Heading("Tokens").WaitForAsync();
        Assert.EndsWith("/tokens?kind=minted", Page.Url, StringComparison.Ordinal);
    }

    private ILocator Cover => Page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Is it still you?" });

    private async Task ProveAsync(string password)
    {
        await Cover.GetByLabel("Your password").FillAsync(password);
        await Cover.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Confirm" }).ClickAsync();
    }

    private async Task<string> CookieAsync() => (await Context.CookiesAsync()).Single(cookie => cookie.Name == Cookie).Value;

    // As the browser's own "clear site data" does, but for its cookies.
    private async Task ForgetAsync()
    {
        await Page.EvaluateAsync("async () => { localStorage.clear(); for (const db of await indexedDB.databases()) { indexedDB.deleteDatabase(db.name); } }");
        await Page.GotoAsync("about:blank");
    }

    private async Task<HttpResponseMessage> NavigateAsync(string path, string agent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"{Cookie}={await CookieAsync()}");
        request.Headers.Add("Accept", "text/html");
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        return await Signet.Anybody.SendAsync(request, Stop);
    }

    [GeneratedRegex(@"Chrome/\d+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Version();
}
