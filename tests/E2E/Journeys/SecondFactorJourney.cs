using System.Text.RegularExpressions;
using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>Second factors from setting them up to signing in with them.</summary>
public sealed partial class SecondFactorJourney(Chromium chromium)
{
    [Fact]
    public async Task An_authenticator_app_is_set_up_and_asked_for_and_a_recovery_code_stands_in_once()
    {
        await using var signet = await SignetProcess.StartAsync();
        await using var visit = await chromium.VisitAsync(signet.Address);
        var page = await visit.Context.NewPageAsync();
        await SignInAsync(page);

        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Set up" }).ClickAsync();
        var (app, codes) = await SetUpAsync(page);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "I have kept them" }).ClickAsync();
        await Assertions.Expect(page.GetByText("10 codes left")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        await SignOutAsync(page);
        await new SignInPage(page).SubmitAsync("admin", SignetProcess.Password);
        await Assertions.Expect(page).ToHaveURLAsync(SecondStep());
        await page.AssertAccessibleAsync();

        // The step leads nowhere else before it is done.
        await page.GotoAsync("/tokens");
        await Assertions.Expect(page).ToHaveURLAsync(LoginPage());
        await new SignInPage(page).SubmitAsync("admin", SignetProcess.Password);

        await AnswerAsync(page, app.Wrong());
        await Assertions.Expect(page.GetByText("That was not right")).ToBeVisibleAsync();
        await AnswerAsync(page, app.Next());
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1, Name = "Tokens" }).WaitForAsync();

        await SignOutAsync(page);
        await new SignInPage(page).SubmitAsync("admin", SignetProcess.Password);
        await AnswerAsync(page, codes[3].ToUpperInvariant());
        await Account(page).WaitForAsync();

        await SignOutAsync(page);
        await new SignInPage(page).SubmitAsync("admin", SignetProcess.Password);
        await AnswerAsync(page, codes[3]);
        await Assertions.Expect(page.GetByText("That was not right")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_passkey_signs_in_without_a_password()
    {
        await using var signet = await SignetProcess.StartAsync();
        await using var visit = await chromium.VisitAsync(signet.Address);
        var page = await visit.Context.NewPageAsync();
        await AddAuthenticatorAsync(page);
        await SignInAsync(page);

        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add a passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Go on" }).ClickAsync();
        await page.GetByLabel("Name of the passkey").FillAsync("Work laptop");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make the passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Work laptop")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Recovery codes", Exact = true })).ToBeVisibleAsync();

        // Its own page is asked for the new factor before the next change of this kind.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make new codes" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Use a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Confirmed")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).ClickAsync();

        await SignOutAsync(page);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Use a passkey" }).ClickAsync();
        await Account(page).WaitForAsync();
    }

    [Fact]
    public async Task A_role_that_needs_a_second_factor_reaches_nothing_before_it_has_one()
    {
        await using var signet = await SignetProcess.StartAsync(null, ("Operators__SecondFactors__RequiredFor__0", "administrator"));
        await using var visit = await chromium.VisitAsync(signet.Address);
        var page = await visit.Context.NewPageAsync();

        var signIn = await SignInPage.OpenAsync(page, "/tokens");
        await signIn.SubmitAsync("admin", SignetProcess.Password);
        await page.WaitForURLAsync("**/account/authenticator*");
        await page.GotoAsync("/tokens");
        Assert.Contains("/account/authenticator", page.Url, StringComparison.Ordinal);
        await page.AssertAccessibleAsync();

        await SetUpAsync(page);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "I have kept them" }).ClickAsync();
        await page.WaitForURLAsync("**/tokens");
        await Account(page).WaitForAsync();
    }

    private static async Task SignInAsync(IPage page)
    {
        await (await SignInPage.OpenAsync(page)).SubmitAsync("admin", SignetProcess.Password);
        await Account(page).WaitForAsync();
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Account of admin" }).ClickAsync();
        await page.GetByText("Sign out").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(LoginPage());
    }

    private static async Task<(OneTimeCodes App, string[] Codes)> SetUpAsync(IPage page)
    {
        var app = new OneTimeCodes(await page.Locator("#key").InnerTextAsync());
        await page.GetByLabel("The code it shows now").FillAsync(app.Next());
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Set up" }).ClickAsync();
        var shown = await page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Recovery codes" }).InnerTextAsync();
        var codes = shown.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(10, codes.Length);
        return (app, codes);
    }

    private static async Task AnswerAsync(IPage page, string code)
    {
        await page.GetByLabel("One-time code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    // Signed in, whichever page that leads to.
    private static ILocator Account(IPage page) =>
        page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Account of admin" });

    [GeneratedRegex("/login/second-factor", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SecondStep();

    [GeneratedRegex("/login", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LoginPage();
}
