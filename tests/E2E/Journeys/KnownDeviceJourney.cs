using System.Net.Http.Json;
using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>Strangers guess at an account, and its owner signs in all the same.</summary>
public sealed class KnownDeviceJourney(Chromium chromium)
{
    [Fact]
    public async Task Strangers_are_told_how_long_to_wait_and_a_known_browser_is_let_in()
    {
        await using var signet = await SignetProcess.StartAsync(
            null,
            ("Throttling__DeviceFailures", "1000"),
            ("Throttling__AccountFailures", "10"),
            ("Throttling__AccountStop", "10"));
        await using var known = await chromium.VisitAsync(signet.Address);
        await using var stranger = await chromium.VisitAsync(signet.Address);
        var page = await known.Context.NewPageAsync();
        await SignInAsync(page);
        await known.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "__Host-signet" });
        var cookie = (await known.Context.CookiesAsync()).Single(cookie => cookie.Name == "__Host-signet-device");
        Assert.True(cookie.HttpOnly && cookie.Secure && cookie.SameSite is SameSiteAttribute.Lax && cookie.Path is "/");

        for (var number = 0; number < 10; number++)
        {
            await FailAsync(signet, number);
        }

        var other = await stranger.Context.NewPageAsync();
        var signIn = await SignInPage.OpenAsync(other);
        await signIn.SubmitAsync("admin", SignetProcess.Password);
        await Assertions.Expect(signIn.Alert.First).ToContainTextAsync("Try again in 15 minutes.");
        await other.AssertAccessibleAsync();

        await SignInAsync(page);

        // Which ends it for everybody.
        await SignInAsync(other);
    }

    private static async Task SignInAsync(IPage page)
    {
        await (await SignInPage.OpenAsync(page)).SubmitAsync("admin", SignetProcess.Password);
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();
    }

    private static async Task FailAsync(SignetProcess signet, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login");
        request.Headers.Add("X-Client-Fingerprint", $"fingerprint-of-a-stranger-{number}");
        request.Content = JsonContent.Create(new { username = "admin", password = "wrong" });
        using var answer = await signet.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.ReadAsync(401);
    }
}
