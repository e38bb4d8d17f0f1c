using Dashboard.Tests.E2E.Infrastructure;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>The walk that the product is for: mint a token, see an API accept it, inspect it, revoke it, see it refused and why.</summary>
public sealed class WalkJourney(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    [Fact]
    public async Task Mint_validate_inspect_revoke_and_find_the_reason()
    {
        await SignInAsync();
        await AssertAccessibleAsync();

        await OpenAsync("/mint", "Mint a token");
        await AssertAccessibleAsync();
        await Page.GetByLabel("Subject").FillAsync("svc:invoices");
        await Page.GetByLabel("Scopes").FillAsync("read write");
        await Button("Mint").Last.ClickAsync();
        await AssertAccessibleAsync();
        await Page.GiveReasonAsync("Mint");
        var shown = Page.Locator("text=/eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+/").First;
        await shown.WaitForAsync();
        var token = System.Text.RegularExpressions.Regex.Match(
            await shown.InnerTextAsync(), @"eyJ[\w-]+\.[\w-]+\.[\w-]+", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        await AssertAccessibleAsync();

        Assert.Null(await Signet.Anybody.RefusalOfAsync(token));

        await OpenAsync("/inspect", "Inspector");
        await PasteAsync($"Authorization: Bearer {token}");
        await Assertions.Expect(Page.GetByText("good here and now").First).ToBeVisibleAsync();
        Assert.DoesNotContain(token[..20], Page.Url, StringComparison.Ordinal);
        await AssertAccessibleAsync();

        await Button("Revoke").First.ClickAsync();
        await Page.GiveReasonAsync("Revoke", "The walk ends here");
        await Assertions.Expect(Page.GetByText("TOKEN_REVOKED").First).ToBeVisibleAsync();

        using var refused = await Signet.Anybody.ValidateAsync(token);
        var problem = await refused.ReadAsync(401);
        Assert.Equal("TOKEN_REVOKED", problem.GetProperty("error_code").GetString());

        await OpenAsync($"/failures/{problem.GetProperty("request_id").GetString()}", "Failure");
        await Assertions.Expect(Page.GetByText("The walk ends here").First).ToBeVisibleAsync();
        await AssertAccessibleAsync();
    }

    [Fact]
    public async Task On_a_narrow_screen_the_minted_token_is_in_sight_and_has_the_focus()
    {
        await SignInAsync();
        await Page.SetViewportSizeAsync(390, 844);
        await OpenAsync("/mint", "Mint a token");
        await Page.GetByLabel("Subject").FillAsync("svc:invoices");
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Mint token" }).ClickAsync();
        await Page.GiveReasonAsync("Mint");

        var result = Page.GetByText("Token minted.");
        await Assertions.Expect(result).ToBeInViewportAsync();
        await Assertions.Expect(Page.Locator(":focus")).ToContainTextAsync("Token minted.");
        await Assertions.Expect(Button("Copy token").First).ToBeInViewportAsync();
    }

    [Fact]
    public async Task What_was_pasted_before_the_page_listened_is_read_all_the_same()
    {
        var (token, _) = await Signet.Administrator.MintAsync(defect: "expired");
        await SignInAsync();
        var arrives = new TaskCompletionSource();
        await Page.RouteAsync("**/Controls/PasteBox*.js", async route =>
        {
            await arrives.Task;
            await route.ContinueAsync();
        });
        await OpenAsync("/inspect", "Inspector");

        await PasteAsync(token);
        arrives.SetResult();

        await Assertions.Expect(Page.GetByText("TOKEN_EXPIRED").First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("expired", "TOKEN_EXPIRED")]
    [InlineData("invalid_signature", "INVALID_SIGNATURE")]
    [InlineData("wrong_audience", "WRONG_AUDIENCE")]
    public async Task The_inspector_names_the_true_cause_first(string defect, string code)
    {
        var (token, _) = await Signet.Administrator.MintAsync(defect: defect);
        await SignInAsync();
        await OpenAsync("/inspect", "Inspector");

        await PasteAsync(token);

        await Assertions.Expect(Page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = code }).First).ToBeVisibleAsync();
        await AssertAccessibleAsync();
    }

    // As people do: the clipboard goes into the field that has the focus.
    private async Task PasteAsync(string text)
    {
        var field = Page.GetByRole(AriaRole.Textbox).First;
        await field.FillAsync(text);
        await Page.Keyboard.PressAsync("Control+Enter");
    }
}
