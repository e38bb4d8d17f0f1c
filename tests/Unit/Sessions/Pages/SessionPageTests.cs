using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Sessions;
using Dashboard.Sessions;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Sessions.Pages;

public sealed class SessionPageTests : SessionPagesTest
{
    [Fact]
    public async Task Page_tells_the_facts_and_no_values_of_the_binding()
    {
        await StartAsync();
        var session = await BeginAsync(Bob);

        var page = Show(session.Name);

        var facts = page.Find(".facts").TextContent;
        Assert.Contains("Chrome on Linux", facts, StringComparison.Ordinal);
        Assert.Contains("fingerprint, browser key, browser, system", facts, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Binding.Fingerprint, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Binding.Band!.Family, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Story_holds_every_decision_with_its_reason_in_order()
    {
        await StartAsync();
        var session = await BeginAsync(Bob);
        Core.Clock.Advance(TimeSpan.FromMinutes(1));
        await Core.Get<IEventStore>().AppendAsync(
            [
                new SecurityEvent
                {
                    At = Core.Clock.GetUtcNow(),
                    Kind = EventKinds.SessionBinding,
                    Outcome = EventOutcome.Succeeded,
                    Session = session.Name,
                    Detail = $"Session {session.Name}: network is not as it was at login; the session went on.",
                },
            ],
            Stop);
        Core.Clock.Advance(TimeSpan.FromMinutes(1));
        await Core.Get<SessionRegister>().EndAsync(
            session.Name, new SessionEndAct("lost laptop"), new Actor("alice", Roles.Administrator), RequestOrigin.None, Stop);

        var page = Show(session.Name);

        Assert.Equal(["Signed in", "Change noted", "Ended"], page.FindAll(".story strong").Select(title => title.TextContent));
        var story = page.Find(".story").TextContent;
        Assert.Contains("Network is not as it was at login", story, StringComparison.Ordinal);
        Assert.Contains("By alice.", story, StringComparison.Ordinal);
        Assert.Contains("lost laptop", story, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button.danger"));
    }

    [Fact]
    public async Task Ending_from_the_page_shows_the_end_there()
    {
        await StartAsync();
        var session = await BeginAsync(Bob);
        var dialogs = Render<DialogHost>();
        var page = Show(session.Name);

        await page.InvokeAsync(() => page.Find("button.danger").Click());
        dialogs.WaitForElement("#reason").Input("lost laptop");
        dialogs.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("by hand", page.Find(".facts").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Own_session_has_no_button()
    {
        await StartAsync();
        var own = await AddOwnAsync();

        var page = Show(own.Name);

        Assert.Contains("This session", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button.danger"));
    }

    [Fact]
    public async Task Support_finds_their_own_and_nobody_elses()
    {
        await StartAsync();
        var own = await BeginAsync(Alice);
        var foreign = await BeginAsync(Bob);
        SignInAs(Roles.Support);

        Assert.Contains("Session not found", Show(foreign.Name).Markup, StringComparison.Ordinal);
        Assert.Single(Show(own.Name).FindAll("button.danger"));
    }

    private IRenderedComponent<SessionPage> Show(string name) =>
        Render<SessionPage>(parameters => parameters.Add(page => page.Name, name)).Loaded();
}
