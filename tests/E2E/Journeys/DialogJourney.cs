using Dashboard.Tests.E2E.Infrastructure;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>Whoever works with the keyboard goes on where they were.</summary>
public sealed class DialogJourney(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    [Fact]
    public async Task Escape_gives_the_focus_back_to_what_asked()
    {
        using var refused = await Signet.Anybody.ValidateAsync("no.token.atall");
        var reference = (await refused.ReadAsync(401)).GetProperty("request_id").GetString();
        await SignInAsync();
        await Page.GotoAsync($"/failures/{reference}");

        // It is disabled while its question is open.
        await Button("Share this report").ClickAsync();
        await Page.Locator("dialog[open]").WaitForAsync();
        await Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Assertions.Expect(Button("Share this report")).ToBeFocusedAsync();
    }
}
