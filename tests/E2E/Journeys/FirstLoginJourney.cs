using System.Text.RegularExpressions;
using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>The first minutes with a new Signet: the printed password, and one of one's own.</summary>
public sealed partial class FirstLoginJourney(Chromium chromium)
{
    private const string Own = "my very own passphrase";

    [Fact]
    public async Task The_printed_password_must_be_changed_before_anything_else()
    {
        await using var signet = await SignetProcess.StartAsync(null, ("SIGNET_ADMIN_PASSWORD", null));
        await Eventually.AsyncTrue(() => Task.FromResult(Printed().IsMatch(signet.Output)));
        var password = Printed().Match(signet.Output).Groups["password"].Value;
        await using var visit = await chromium.VisitAsync(signet.Address);
        var page = await visit.Context.NewPageAsync();

        var signIn = await SignInPage.OpenAsync(page);
        await signIn.SubmitAsync("admin", password);
        await page.WaitForURLAsync("**/change-password*");
        await page.GotoAsync("/tokens");
        Assert.Contains("/change-password", page.Url, StringComparison.Ordinal);

        await ChangeAsync(page, password, "administrators like admin");
        await Assertions.Expect(page.GetByText("must not contain the user name")).ToBeVisibleAsync();

        await ChangeAsync(page, password, Own);
        // On to where they wanted to go.
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Tokens", Exact = true }).WaitForAsync();
    }

    private static async Task ChangeAsync(IPage page, string old, string next)
    {
        await page.GetByLabel("Current password").FillAsync(old);
        await page.GetByLabel("New password", new PageGetByLabelOptions { Exact = true }).FillAsync(next);
        await page.GetByLabel("New password again").FillAsync(next);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change password" }).ClickAsync();
    }

    [GeneratedRegex(@"password\s+(?<password>[a-z0-9]{4}(?:-[a-z0-9]{4}){5})", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Printed();
}
