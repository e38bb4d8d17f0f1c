using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Tokens.Pages;

public sealed class TokenPageTests : PageContext
{
    [Fact]
    public void Unknown_jti_says_why_it_may_be_unknown()
    {
        var page = Show("mistyped");

        Assert.Contains("was never issued here, is mistyped, or was purged", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".button.danger"));
    }

    [Fact]
    public async Task Token_is_shown_with_its_claims_and_its_life()
    {
        var page = Show(await IssueAsync("alice", "portal"));

        Assert.Equal("Token of alice", page.Find("h1").TextContent);
        Assert.Contains("Never presented", page.Find(".life").TextContent, StringComparison.Ordinal);
        Assert.Contains(page.FindAll("tbody th bdi"), claim => claim.TextContent == "client_id");
    }

    [Fact]
    public async Task Claims_are_shown_as_the_inspector_shows_them()
    {
        var page = Show(await IssueAsync("alice"));

        var expires = page.FindAll("tbody tr").Single(row => row.QuerySelector("bdi.name")!.TextContent == "exp");
        Assert.NotNull(expires.QuerySelector("time"));
        Assert.Equal("https://www.rfc-editor.org/rfc/rfc7519.html#section-4.1.4", expires.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Test_token_is_called_a_test_and_not_revoked()
    {
        var page = Show(await IssueAsync("alice", defect: new TokenDefect.Expired()));

        Assert.Equal("Test", page.Find(".facts .status.ended").TextContent.Trim());
        Assert.Empty(page.FindAll(".status.refused"));
    }

    [Fact]
    public async Task Claims_are_data_and_never_markup()
    {
        var page = Show(await IssueAsync("<b>bold</b>\u202Eexe"));

        Assert.Contains("Token of <b>bold</b>\\u{202E}exe", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("h1 b"));
    }

    [Fact]
    public async Task Revocation_elsewhere_shows_without_reloading()
    {
        var tokenId = await IssueAsync("alice");
        var page = Show(tokenId);

        await Core.Get<TokenRevocations>().RevokeAsync(tokenId, "gone", Actor.OfCommand("root"), RequestOrigin.None, Stop);

        page.WaitForAssertion(() => Assert.Contains("Revoked by cli:root: gone", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".button.danger"));
    }

    [Fact]
    public async Task Reviewer_cannot_revoke_and_support_only_this_one()
    {
        var tokenId = await IssueAsync("alice");
        BeReviewer();
        Assert.Empty(Show(tokenId).FindAll(".button.danger, .menu-item"));

        BeSupport();
        var page = Show(tokenId);
        Assert.Single(page.FindAll(".button.danger"));
        Assert.Empty(page.FindAll(".menu-item"));
    }

    [Fact]
    public async Task Cutting_off_a_subject_leads_to_the_page_of_that_revocation()
    {
        var tokenId = await IssueAsync("alice");
        var dialogs = Render<DialogHost>();
        var page = Show(tokenId);

        await page.InvokeAsync(() =>
            page.FindAll(".menu-item").First(item => item.TextContent.Contains("subject", StringComparison.Ordinal)).Click());
        dialogs.WaitForElement("#reason").Input("left the company");
        dialogs.Find("form").Submit();

        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.Contains("/tokens/revocations/", navigation.Uri, StringComparison.Ordinal));
        var progress = Render<RevocationPage>(parameters => parameters.Add(
            revocation => revocation.Id, navigation.Uri[(navigation.Uri.LastIndexOf('/') + 1)..]));
        progress.WaitForAssertion(() => Assert.Contains("left the company", progress.Markup, StringComparison.Ordinal));
        Assert.Contains("Everything of subject alice", progress.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_the_page_ends_its_subscriptions()
    {
        var feed = Core.Get<IChangeFeed>();
        var before = feed.ReaderCount;
        Show(await IssueAsync("alice"));
        Assert.True(feed.ReaderCount > before);

        await DisposeComponentsAsync();

        Assert.Equal(before, feed.ReaderCount);
    }

    private IRenderedComponent<TokenPage> Show(string tokenId) =>
        Render<TokenPage>(parameters => parameters.Add(token => token.Jti, tokenId)).Loaded();
}
