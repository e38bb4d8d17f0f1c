using Dashboard.Tests.E2E.Infrastructure;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>The keys as an administrator sees them. On a Signet of its own, because rotating changes what everybody's tokens are signed with.</summary>
public sealed class KeysJourney(Chromium chromium)
{
    [Fact]
    public async Task Keys_are_rotated_imported_and_revoked_and_the_page_says_what_breaks()
    {
        await using var signet = await SignetProcess.StartAsync();
        using var administrator = await signet.LoginAsync();
        var (token, _) = await administrator.MintAsync();
        await using var visit = await chromium.VisitAsync(signet.Address);
        var page = await visit.Context.NewPageAsync();
        await (await Pages.SignInPage.OpenAsync(page)).SubmitAsync("admin", SignetProcess.Password);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();

        await page.GotoAsync("/keys");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Lives of the keys" }).WaitForAsync();
        await page.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Rotate", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByText("What was signed before")).ToBeVisibleAsync();
        await page.GiveReasonAsync("Rotate all the same", "an exercise");
        await Assertions.Expect(page.GetByText("The keys are rotated.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Previous" })).ToHaveCountAsync(1);
        Assert.Null(await signet.Http.RefusalOfAsync(token));

        await page.GetByRole(AriaRole.Radio, new() { Name = "90 days" }).CheckAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(signet.Address, "/keys?range=90d").ToString());

        await page.GetByRole(AriaRole.Button, new() { Name = "More about RS256" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Rotate and revoke…" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("refused at once, for good")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        await page.GiveReasonAsync("Rotate and revoke", "it leaked");
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Revoked" })).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Link, new() { Name = "Import a key" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Import a key" }).WaitForAsync();
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(PrivateKey());
        await page.GetByLabel("kid").FillAsync("of-another-system");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import key" }).ClickAsync();
        await page.GiveReasonAsync("Import key", "they move here");
        await Assertions.Expect(page.GetByText("The key is in the ring.")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        using var again = await signet.LoginAsync();
        var imported = (await again.GetJsonAsync("/dashboard/keys")).GetProperty("items").EnumerateArray()
            .Single(key => key.GetProperty("kid").GetString() == "of-another-system");
        Assert.Equal("previous", imported.GetProperty("state").GetString());
    }

    private static string PrivateKey()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
