using Bunit;
using Dashboard.App;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Failures;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Failures;

public sealed class FailurePageTests : PageTest
{
    private const string Reference = "req_0123456789abcdef";

    [Fact]
    public async Task Stored_refusal_shows_verdict_request_checks_and_claims()
    {
        await RefuseAsync();

        var page = Open(Reference);

        page.WaitForElement(".verdict");
        Assert.Contains("TOKEN_EXPIRED", page.Find(".verdict").TextContent, StringComparison.Ordinal);
        Assert.Equal("/docs/problems/token-invalid", page.Find(".verdict a").GetAttribute("href"));
        Assert.Contains("Is it valid at this time?", page.Find(".checks [aria-current=true]").TextContent, StringComparison.Ordinal);
        Assert.Contains("203.0.113.7", page.Markup, StringComparison.Ordinal);
        Assert.Contains("POST /auth/validate", page.Markup, StringComparison.Ordinal);
        Assert.Contains("user-1", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_leads_to_those_like_it_around_that_time()
    {
        await RefuseAsync();
        var page = Open(Reference);
        page.WaitForElement(".verdict");

        var links = page.FindAll("section[aria-labelledby=around-title] a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Contains(links, link => link.EndsWith("&code=TOKEN_EXPIRED", StringComparison.Ordinal));
        Assert.Contains(links, link => link.EndsWith("&address=203.0.113.7", StringComparison.Ordinal));
        Assert.Contains(links, link => link.EndsWith("&subject=user-1", StringComparison.Ordinal));
        const string Hours = "/failures?from=2030-01-01T13%3A00%3A00Z&to=2030-01-01T15%3A00%3A00Z";
        Assert.All(links, link => Assert.StartsWith(Hours, link, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reading_is_in_the_audit_log_once()
    {
        await RefuseAsync();

        var page = Open(Reference);
        page.WaitForElement(".verdict");

        var entry = Assert.Single((await Core.Get<AuditLog>().ListAsync(new AuditFilter(Action: "failure.read"), null, 10, Stop)).Items).Entry;
        Assert.Equal(("alice", Reference), (entry.Who.Name, entry.ObjectId));
    }

    [Fact]
    public async Task Whoever_may_no_longer_is_shown_nothing()
    {
        await RefuseAsync();
        SignInAs(Roles.Subject);

        var page = Open(Reference);
        await Eventually.TrueAsync(() =>
        {
            Core.Clock.Advance(TimeSpan.FromSeconds(1));
            return page.FindAll(".empty").Count > 0;
        });

        Assert.Empty((await Core.Get<AuditLog>().ListAsync(new AuditFilter(Action: "failure.read"), null, 10, Stop)).Items);
    }

    [Fact]
    public async Task Report_is_read_once_however_often_it_is_shown()
    {
        await RefuseAsync();
        var page = Open(Reference);
        page.WaitForElement(".verdict");
        var shared = page.FindComponent<ShareReport>().Instance.Of;

        page.Render();

        Assert.Same(shared, page.FindComponent<ShareReport>().Instance.Of);
    }

    [Fact]
    public async Task Unknown_reference_is_not_found_after_a_moment()
    {
        var page = Open(Reference);
        Assert.Empty(page.FindAll(".empty"));

        await LoseHopeAsync(page);

        Assert.NotNull(page.Find(".empty"));
        Assert.Contains("its retention of 30 days has ended", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Of a flood only the first refusals", page.Markup, StringComparison.Ordinal);
        Assert.NotNull(page.Find(".empty a[href='/failures']"));
    }

    [Fact]
    public void Mistyped_reference_says_what_one_looks_like()
    {
        var page = Open("<b>req_1");

        Assert.Contains("It is not a reference of Signet", page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, Feed.ReaderCount);
    }

    [Fact]
    public async Task Report_that_arrives_late_appears_by_itself()
    {
        var page = Open(Reference);
        await LoseHopeAsync(page);
        await Eventually.TrueAsync(() => Feed.ReaderCount == 1);

        await RefuseAsync();

        await Eventually.TrueAsync(() =>
        {
            Core.Clock.Advance(TimeSpan.FromSeconds(1));
            return page.FindAll(".verdict").Count > 0;
        });
    }

    [Fact]
    public async Task Leaving_the_page_ends_its_subscription()
    {
        var page = Open(Reference);
        await LoseHopeAsync(page);
        await Eventually.TrueAsync(() => Feed.ReaderCount == 1);

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.ReaderCount);
    }

    private IRenderedComponent<FailurePage> Open(string reference) =>
        Render<FailurePage>(parameters => parameters.Add(page => page.Reference, reference));

    // The page waits a moment for a report that may still come.
    private async Task LoseHopeAsync(IRenderedComponent<FailurePage> page)
    {
        await Eventually.TrueAsync(() => Core.Clock.WaitingTimers > 0);
        Core.Clock.Advance(TimeSpan.FromSeconds(1));
        page.Loaded();
    }

    // Written by the background service, as in the program.
    private async Task RefuseAsync()
    {
        var token = (await Core.IssueAsync()).Token;
        var context = new ValidationContext
        {
            At = Core.Clock.GetUtcNow().AddHours(2),
            Origin = new RequestOrigin(Reference, "203.0.113.7", "okhttp/4", "POST /auth/validate"),
        };
        Assert.Equal("TOKEN_EXPIRED", await Core.CodeAsync(token, context));
        await Core.Get<EventLog>().StartAsync(Stop);
        await Eventually.TrueAsync(async () => await Core.Get<EventLog>().FindByRequestAsync(Reference, Stop) is not null);
    }
}
