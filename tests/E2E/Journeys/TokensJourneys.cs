using Dashboard.Tests.E2E.Infrastructure;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>Finding tokens and looking at one.</summary>
public sealed class TokensJourneys(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    [Fact]
    public async Task Search_stays_in_the_address_and_leads_to_one_token()
    {
        var subject = $"journey-{Guid.CreateVersion7():N}";
        var (_, tokenId) = await Signet.Administrator.MintAsync(subject);
        await Signet.Administrator.MintAsync("somebody-else");
        await SignInAsync();
        await OpenAsync("/tokens", "Tokens");
        await AssertAccessibleAsync();

        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync(subject[..20]);
        await Page.WaitForURLAsync($"**q={subject[..20]}*");
        await Assertions.Expect(Page.GetByText(subject).First).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByText("somebody-else")).Not.ToBeVisibleAsync();
        await Page.ReloadAsync();
        await Assertions.Expect(Page.GetByText(subject).First).ToBeVisibleAsync();

        await OpenAsync($"/tokens/{tokenId}", subject);
        await Assertions.Expect(Page.GetByText("Never presented").First).ToBeVisibleAsync();
        await AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_new_token_appears_without_reloading()
    {
        var subject = $"live-{Guid.CreateVersion7():N}";
        await SignInAsync();
        await OpenAsync("/tokens", "Tokens");

        await Signet.Administrator.MintAsync(subject);

        await Assertions.Expect(Page.GetByText(subject).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_palette_finds_pages_and_tokens_by_keyboard_alone()
    {
        var (_, tokenId) = await Signet.Administrator.MintAsync();
        await SignInAsync();

        // The shortcut works from the moment its script has loaded, a little after the page.
        await Eventually.AsyncTrue(async () =>
        {
            await Page.Keyboard.PressAsync("Control+k");
            return await Page.GetByRole(AriaRole.Combobox).IsVisibleAsync();
        });
        await Page.GetByRole(AriaRole.Combobox).FillAsync(tokenId);
        await Page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await AssertAccessibleAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Page.WaitForURLAsync($"**/tokens/{tokenId}");
    }

    [Fact]
    public async Task On_a_narrow_screen_a_row_can_be_revoked_too()
    {
        var subject = $"narrow-{Guid.CreateVersion7():N}";
        await Signet.Administrator.MintAsync(subject);
        await SignInAsync();
        await Page.SetViewportSizeAsync(390, 844);
        await OpenAsync($"/tokens?subject={subject}", "Tokens");

        var revoke = Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new($"^Revoke token .* of {subject}$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) });
        await revoke.FocusAsync();
        await Assertions.Expect(revoke).ToBeInViewportAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(Page.GetByLabel("Reason")).ToBeVisibleAsync();
    }
}
