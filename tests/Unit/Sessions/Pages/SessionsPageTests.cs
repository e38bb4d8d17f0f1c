using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Sessions;
using Dashboard.Sessions;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Sessions.Pages;

public sealed class SessionsPageTests : SessionPagesTest
{
    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public async Task Page_shows_a_row_for_every_session_in_words()
    {
        await StartAsync();
        await BeginAsync(Bob);
        await BeginAsync(Alice, SessionKind.Api);

        var page = Show("/sessions");

        Assert.Equal(["alice", "bob"], Operators(page));
        var row = page.FindAll("tbody tr")[1].TextContent;
        Assert.Contains("Chrome on Linux", row, StringComparison.Ordinal);
        Assert.Contains("192.0.2.7", row, StringComparison.Ordinal);
        Assert.Contains("Password only", row, StringComparison.Ordinal);
        Assert.Contains("Open", row, StringComparison.Ordinal);
        Assert.Contains("curl", page.FindAll("tbody tr")[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_stand_in_the_address_and_as_chips()
    {
        await StartAsync();
        await BeginAsync(Bob);
        await BeginAsync(Alice, SessionKind.Api);

        var page = Show("/sessions?operator=bob&state=open");
        Assert.Equal(["bob"], Operators(page));

        await page.InvokeAsync(() => page.Find("[aria-label='Remove filter Operator bob']").Click());
        Assert.EndsWith("/sessions?state=open", Address, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(["alice", "bob"], Operators(page)));
    }

    [Fact]
    public async Task What_the_address_says_wrongly_is_named_and_does_not_filter()
    {
        await StartAsync();
        await BeginAsync(Bob);

        var page = Show("/sessions?state=asleep&kind=7");

        Assert.Contains("must be open or ended", page.Markup, StringComparison.Ordinal);
        Assert.Contains("must be browser or api", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["bob"], Operators(page));
    }

    [Fact]
    public async Task Unknown_operator_has_no_sessions()
    {
        await StartAsync();
        await BeginAsync(Bob);

        Assert.Contains("No session matches", Show("/sessions?operator=nobody").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_row_says_so_and_has_no_button()
    {
        await StartAsync();
        await BeginAsync(Bob);
        await AddOwnAsync();

        var page = Show("/sessions");

        var own = page.FindAll("tbody tr").Single(row => row.TextContent.Contains("This session", StringComparison.Ordinal));
        Assert.Empty(own.QuerySelectorAll(".end"));
        Assert.Single(page.FindAll(".end"));
    }

    [Fact]
    public async Task Ending_asks_for_a_reason_and_ends()
    {
        await StartAsync();
        var session = await BeginAsync(Bob);
        var dialogs = Render<DialogHost>();
        var page = Show("/sessions");

        await page.InvokeAsync(() => page.Find(".end").Click());
        Answer(dialogs, "lost laptop");

        page.WaitForAssertion(() => Assert.Contains("by hand", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        var audit = await Core.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: session.Name, Action: "session.ended"), null, 5, Stop);
        Assert.Equal(("alice", "lost laptop"), (audit.Items[0].Entry.Who.Name, audit.Items[0].Entry.Reason));
    }

    [Fact]
    public async Task All_of_the_filtered_operator_end_at_once()
    {
        await StartAsync();
        await BeginAsync(Bob);
        await BeginAsync(Bob, SessionKind.Api);
        await BeginAsync(Alice);
        var dialogs = Render<DialogHost>();
        var page = Show("/sessions?operator=bob");

        await page.InvokeAsync(() => Button(page, "End all of bob").Click());
        Answer(dialogs, "left the company");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".end")));
        Assert.Empty(await Core.Get<ISessionStore>().FindOpenAsync(Bob.Id, Stop));
        Assert.Single(await Core.Get<ISessionStore>().FindOpenAsync(Alice.Id, Stop));
    }

    [Fact]
    public async Task Reviewers_see_everything_and_end_only_their_own()
    {
        await StartAsync();
        await BeginAsync(Bob);
        await BeginAsync(Alice);
        SignInAs(Roles.Reviewer);

        var page = Show("/sessions");

        Assert.Equal(["alice", "bob"], Operators(page));
        Assert.Equal("End session of alice, Chrome on Linux", Assert.Single(page.FindAll(".end")).GetAttribute("aria-label"));
        Assert.DoesNotContain("End all of bob", Show("/sessions?operator=bob").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Support_sees_their_own_alone()
    {
        await StartAsync();
        await BeginAsync(Bob);
        await BeginAsync(Alice);
        SignInAs(Roles.Support);

        Assert.Equal(["alice"], Operators(Show("/sessions")));
        Assert.Contains("No session matches", Show("/sessions?operator=bob").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_that_was_lost_meanwhile_stops_the_act()
    {
        await StartAsync();
        await BeginAsync(Bob);
        var dialogs = Render<DialogHost>();
        var toasts = Render<ToastHost>();
        var page = Show("/sessions");
        await page.InvokeAsync(() => page.Find(".end").Click());

        SignInAs(Roles.Reviewer);
        Answer(dialogs, "lost laptop");

        toasts.WaitForAssertion(() => Assert.Contains("Nothing was ended", toasts.Markup, StringComparison.Ordinal));
        Assert.Single(await Core.Get<ISessionStore>().FindOpenAsync(Bob.Id, Stop));
    }

    [Fact]
    public async Task A_session_begun_meanwhile_appears_and_fades()
    {
        await StartAsync();
        await BeginAsync(Alice);
        var page = Show("/sessions");

        await BeginAsync(Bob);

        page.WaitForAssertion(() => Assert.Equal(["bob", "alice"], Operators(page)));
        Assert.Single(page.FindAll("tr.changed"));
    }

    [Fact]
    public async Task Leaving_the_page_ends_its_subscription()
    {
        await StartAsync();
        var before = Feed.ReaderCount;
        Show("/sessions");
        Assert.Equal(before + 1, Feed.ReaderCount);

        await DisposeComponentsAsync();

        Assert.Equal(before, Feed.ReaderCount);
    }

    private IRenderedComponent<SessionsPage> Show(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<SessionsPage>().Loaded();
    }

    private static List<string> Operators(IRenderedComponent<SessionsPage> page) =>
        [.. page.FindAll("td.c-who a").Select(link => link.TextContent.Trim())];

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<SessionsPage> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private static void Answer(IRenderedComponent<DialogHost> dialogs, string reason)
    {
        dialogs.WaitForElement("#reason").Input(reason);
        dialogs.Find("form").Submit();
    }
}
