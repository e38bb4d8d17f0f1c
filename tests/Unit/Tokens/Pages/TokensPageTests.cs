using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Tokens.Pages;

/// <summary>
/// The list on the store as it is. What a test has just done may reach the page a moment later and load it again: acts are
/// therefore done between two renderings, by <c>InvokeAsync</c>.
/// </summary>
public sealed class TokensPageTests : PageContext
{
    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public async Task Page_shows_a_row_for_every_token()
    {
        await IssueAsync("alice", "portal");
        await IssueAsync("bob");

        var page = Show("/tokens");

        Assert.Equal(["bob", "alice"], Subjects(page));
        Assert.Contains("never", page.Find("td.c-seen").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_in_the_address_decides_what_is_listed_and_is_shown_as_a_chip()
    {
        await IssueAsync("alice", "portal");
        await IssueAsync("bob", "worker");

        var page = Show("/tokens?client=portal&status=live");

        Assert.Equal(["alice"], Subjects(page));
        Assert.NotNull(page.Find("[aria-label='Remove filter Client portal']"));
    }

    [Fact]
    public async Task Removing_a_chip_changes_the_address_and_the_list()
    {
        await IssueAsync("alice", "portal");
        await IssueAsync("bob", "worker");
        var page = Show("/tokens?client=portal&status=live");

        await page.InvokeAsync(() => page.Find("[aria-label='Remove filter Client portal']").Click());

        Assert.EndsWith("/tokens?status=live", Address, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(["bob", "alice"], Subjects(page)));
    }

    [Fact]
    public void What_the_address_says_wrongly_is_named_and_does_not_filter()
    {
        var page = Show("/tokens?status=asleep&cursor=!!&n=x");

        Assert.Contains("must be live, expired or revoked", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_ledger_leads_to_minting() =>
        Assert.Equal("/mint", Show("/tokens").Find(".empty a").GetAttribute("href"));

    [Fact]
    public async Task Nothing_found_offers_to_clear_the_filters()
    {
        await IssueAsync("alice");
        var page = Show("/tokens?q=zzz");

        await page.InvokeAsync(() => page.Find(".empty button").Click());

        Assert.EndsWith("/tokens", Address, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(["alice"], Subjects(page)));
    }

    [Fact]
    public async Task What_is_shown_stays_until_a_slow_store_has_answered()
    {
        await IssueAsync("alice");
        var page = Show("/tokens?q=zzz");
        var answer = new TaskCompletionSource();
        Ledger.ListsAfter = answer.Task;

        await page.InvokeAsync(() => page.Find(".empty button").Click());
        Assert.Contains("No token matches", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("No tokens yet", page.Markup, StringComparison.Ordinal);

        answer.SetResult();
        page.WaitForAssertion(() => Assert.Equal(["alice"], Subjects(page)));
    }

    [Fact]
    public async Task A_step_to_the_next_page_is_taken_once_however_slow_the_store_is()
    {
        for (var number = 0; number < 60; number++)
        {
            await IssueAsync($"user-{number}");
        }

        var page = Show("/tokens");
        var answer = new TaskCompletionSource();
        Ledger.ListsAfter = answer.Task;

        await page.InvokeAsync(() => Button(page, "Next").Click());
        await page.InvokeAsync(() => Button(page, "Next").Click());
        Assert.NotNull(page.Find("[aria-busy=true]"));
        Assert.Contains("1–50 of 60", page.Markup, StringComparison.Ordinal);

        answer.SetResult();
        page.WaitForAssertion(() => Assert.Contains("51–60 of 60", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Test_token_has_a_word_of_its_own()
    {
        await IssueAsync("alice", defect: new TokenDefect.Expired());
        await Core.Get<TokenRevocations>().RevokeAsync(await IssueAsync("bob"), "gone", Dashboard.Core.Audit.Actor.OfCommand("cli"), RequestOrigin.None, Stop);

        var page = Show("/tokens?status=revoked");

        Assert.Equal(["Revoked", "Test"], page.FindAll("td .status").Select(status => status.TextContent.Trim()));
        Assert.NotNull(page.Find("[aria-label='Remove filter Status Revoked, or a test']"));
    }

    [Fact]
    public async Task Reviewer_sees_neither_revoke_nor_mint_nor_boxes()
    {
        await IssueAsync("alice");
        BeReviewer();

        var page = Show("/tokens");

        Assert.Equal(["alice"], Subjects(page));
        Assert.Empty(page.FindAll(".revoke, td.c-select, a[href='/mint']"));
        Assert.Contains(page.FindAll("button"), button => button.TextContent.Contains("CSV", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Support_revokes_one_and_selects_nothing()
    {
        await IssueAsync("alice");
        BeSupport();

        var page = Show("/tokens");

        Assert.Single(page.FindAll(".revoke"));
        Assert.Empty(page.FindAll("td.c-select"));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("CSV", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Revoking_asks_for_a_reason_and_revokes()
    {
        var tokenId = await IssueAsync("alice");
        var dialogs = Render<DialogHost>();
        var page = Show("/tokens");

        await page.InvokeAsync(() => page.Find(".revoke").Click());
        Answer(dialogs, "laptop lost");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".revoke")));
        var entry = await Core.Get<TokenDirectory>().FindAsync(tokenId, Stop);
        Assert.Equal(("admin", "laptop lost"), (entry!.Revoked?.By, entry.Revoked?.Reason));
    }

    [Fact]
    public async Task A_right_that_was_lost_meanwhile_stops_the_act()
    {
        var tokenId = await IssueAsync("alice");
        var dialogs = Render<DialogHost>();
        var toasts = Render<ToastHost>();
        var page = Show("/tokens");
        await page.InvokeAsync(() => page.Find(".revoke").Click());

        BeReviewer();
        Answer(dialogs, "laptop lost");

        toasts.WaitForAssertion(() => Assert.Contains("Nothing was done", toasts.Markup, StringComparison.Ordinal));
        Assert.Null((await Core.Get<TokenDirectory>().FindAsync(tokenId, Stop))!.Revoked);
    }

    [Fact]
    public async Task Selected_rows_are_revoked_and_the_others_stay()
    {
        await IssueAsync("alice");
        var kept = await IssueAsync("bob");
        await IssueAsync("carol");
        var dialogs = Render<DialogHost>();
        var page = Show("/tokens");

        await page.InvokeAsync(() => Select(page, "alice"));
        await page.InvokeAsync(() => Select(page, "carol"));
        await page.InvokeAsync(() => Button(page, "Revoke…").Click());
        Answer(dialogs, "spring cleaning");

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".revoke")));
        Assert.Null((await Core.Get<TokenDirectory>().FindAsync(kept, Stop))!.Revoked);
    }

    [Fact]
    public async Task Everything_that_matches_is_revoked_by_one_revocation_with_its_own_page()
    {
        for (var number = 0; number < 51; number++)
        {
            await IssueAsync($"user-{number}");
        }

        var dialogs = Render<DialogHost>();
        var page = Show("/tokens?status=live");
        await page.InvokeAsync(() => page.Find("th input").Change(true));
        await page.InvokeAsync(() => Button(page, "Select all 51 that match").Click());
        await page.InvokeAsync(() => Button(page, "Revoke…").Click());
        Answer(dialogs, "a drill");

        page.WaitForAssertion(() => Assert.Contains("/tokens/revocations/", Address, StringComparison.Ordinal));
        var started = await Core.Get<TokenRevocations>().FindAsync(Address[(Address.LastIndexOf('/') + 1)..], Stop);
        Assert.Equal(("a drill", RevocationScope.Filter), (started!.Stamp.Reason, started.Scope));
    }

    [Fact]
    public async Task Expired_and_revoked_tokens_cannot_be_revoked_by_filter()
    {
        await IssueAsync("alice", lifetime: TimeSpan.FromMinutes(1));
        Core.Clock.Advance(TimeSpan.FromHours(1));

        var page = Show("/tokens?status=expired");

        Assert.True(page.Find("th input").HasAttribute("disabled"));
        Assert.Empty(page.FindAll(".revoke"));
    }

    [Fact]
    public async Task Next_and_previous_walk_by_cursor_in_the_address()
    {
        for (var number = 0; number < 60; number++)
        {
            await IssueAsync($"user-{number}");
        }

        var page = Show("/tokens");
        await page.InvokeAsync(() => Button(page, "Next").Click());
        page.WaitForAssertion(() => Assert.Equal(10, Subjects(page).Count));
        Assert.Contains("cursor=", Address, StringComparison.Ordinal);
        Assert.Contains("51–60 of 60", page.Markup, StringComparison.Ordinal);

        await page.InvokeAsync(() => Button(page, "Previous").Click());

        page.WaitForAssertion(() => Assert.Equal(50, Subjects(page).Count));
        Assert.EndsWith("/tokens", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_issued_meanwhile_appears_and_fades()
    {
        await IssueAsync("alice");
        var page = Show("/tokens");

        await IssueAsync("bob");

        page.WaitForAssertion(() => Assert.Equal(["bob", "alice"], Subjects(page)));
        Assert.Equal("bob", Assert.Single(page.FindAll("tr.changed")).QuerySelector("td.c-subject")!.TextContent.Trim());
    }

    [Fact]
    public async Task Leaving_the_page_ends_its_subscription()
    {
        var feed = Core.Get<IChangeFeed>();
        var before = feed.ReaderCount;
        Show("/tokens");
        Assert.Equal(before + 1, feed.ReaderCount);

        await DisposeComponentsAsync();

        Assert.Equal(before, feed.ReaderCount);
    }

    private IRenderedComponent<TokensPage> Show(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TokensPage>().Loaded();
    }

    private static List<string> Subjects(IRenderedComponent<TokensPage> page) =>
        [.. page.FindAll("td.c-subject").Select(cell => cell.TextContent.Trim())];

    private static void Select(IRenderedComponent<TokensPage> page, string subject) =>
        page.Find($"td.c-select input[aria-label$='of {subject}']").Change(true);

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<TokensPage> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private static void Answer(IRenderedComponent<DialogHost> dialogs, string reason)
    {
        dialogs.WaitForElement("#reason").Input(reason);
        dialogs.Find("form").Submit();
    }
}
