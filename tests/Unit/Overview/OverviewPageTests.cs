using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Expiries;
using Dashboard.Core.Audit;
using Dashboard.Core.Backups;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Keys;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Hosting.Failures;
using Dashboard.Hosting.Stats;
using Dashboard.Overview;
using Dashboard.Tests.Unit.Alerts;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Overview;

public sealed class OverviewPageTests : PageTest
{
    [Fact]
    public async Task Counts_live_issued_revoked_and_refused_tokens()
    {
        await Core.IssueAsync();
        await Core.IssueAsync();
        var revoked = await Core.IssueAsync();
        await Core.Get<TokenRevocations>().RevokeAsync(revoked.TokenId, "A test", TokenBuilder.Somebody, RequestOrigin.None, Stop);

        var page = RenderPage();

        Assert.Equal(["2", "3", "1", "0"], page.FindAll(".tile .value").Select(value => value.TextContent));
    }

    [Fact]
    public async Task What_happened_before_the_window_is_not_counted()
    {
        await Core.IssueAsync();
        Core.Clock.Advance(TimeSpan.FromHours(25));

        var page = RenderPage();

        Assert.Equal(["0", "0", "0", "0"], page.FindAll(".tile .value").Select(value => value.TextContent));
    }

    [Fact]
    public void New_installation_shows_the_first_steps()
    {
        Assert.Contains("1 of 6 done", RenderPage().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_steps_go_when_nobody_needs_them_any_more()
    {
        for (var count = 0; count < FirstSteps.Few; count++)
        {
            await Core.IssueAsync();
        }

        Assert.DoesNotContain("First steps", RenderPage().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_looks_again_where_nothing_happens()
    {
        var rollups = new Failures.FakeRollups();
        var page = Render(rollups.Counts).Loaded();
        var before = await ReadsAsync();

        Core.Clock.Advance(TimeSpan.FromSeconds(15));

        await Eventually.TrueAsync(async () => await ReadsAsync() > before);

        Task<int> ReadsAsync() => page.InvokeAsync(() => rollups.Reads.Count(read => read.Grain is RollupGrain.Day));
    }

    [Fact]
    public void Support_sees_no_changes()
    {
        SignInAs(Roles.Support);

        var page = RenderPage();

        Assert.Contains("Latest refusals", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Latest changes", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("keys.created", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Reviewer_sees_changes()
    {
        SignInAs(Roles.Reviewer);

        Assert.Contains("Keys created", RenderPage().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_token_leads_to_its_page()
    {
        var token = await Core.IssueAsync();
        await Core.Get<TokenRevocations>().RevokeAsync(token.TokenId, "A test", TokenBuilder.Somebody, RequestOrigin.None, Stop);

        Assert.NotEmpty(RenderPage().FindAll($"section a[href='/tokens/{token.TokenId}']"));
    }

    [Fact]
    public async Task Open_alerts_are_called_what_their_own_pages_call_them()
    {
        var book = Core.Get<AlertBook>();
        await book.RaiseAsync(AlertBuilder.Draft("loud") with { Severity = AlertSeverity.Critical, Times = 1_234 }, Stop);
        await book.RaiseAsync(AlertBuilder.Draft("quiet") with { Title = "Known" }, Stop);
        await book.MuteAsync(AlertBuilder.Kind, "quiet", Core.Clock.GetUtcNow().AddHours(1), "known", AlertBuilder.Admin, Stop);

        var alerts = RenderPage().FindAll("section[aria-labelledby='alerts-title'] li");

        Assert.Equal(["Muted", "Critical"], alerts.Select(alert => alert.QuerySelector(".status")!.TextContent.Trim()));
        Assert.Contains("1,234 times", alerts[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_is_shown_a_second_later()
    {
        var page = RenderPage();
        page.WaitForAssertion(() => Assert.Equal(6, Feed.ReaderCount));

        await Core.IssueAsync();

        // Whenever the page begins to wait: the second after that shows it.
        await Eventually.TrueAsync(() =>
        {
            Core.Clock.Advance(TimeSpan.FromSeconds(1));
            return page.Find(".tile .value").TextContent is "1";
        });
    }

    [Fact]
    public async Task Times_are_those_of_the_zone_as_soon_as_the_browser_has_told_it()
    {
        JSInterop.Setup<string?>("signet.timeZone").SetResult("Asia/Kolkata");
        var rollups = new Failures.FakeRollups();
        rollups.Add(Core.Clock.GetUtcNow().AddMinutes(-1));
        var page = Render(rollups.Counts).Loaded();
        Assert.Contains("1 Jan, 11:45 to 12:00", page.Find("[data-column='95']").GetAttribute("aria-label"), StringComparison.Ordinal);

        await page.InvokeAsync(() => Services.GetRequiredService<BrowserTime>().LoadAsync());

        page.WaitForAssertion(() => Assert.Contains(
            "1 Jan, 17:15 to 17:30", page.Find("[data-column='95']").GetAttribute("aria-label"), StringComparison.Ordinal));
    }

    [Fact]
    public void Green_is_not_what_nobody_can_compare_yet()
    {
        var rollups = new Failures.FakeRollups();
        rollups.Add(Core.Clock.GetUtcNow().AddMinutes(-1));

        var verdict = Render(rollups.Counts).Loaded().Find("section[aria-labelledby='failing-title'] .status");

        Assert.Equal("Nothing to compare with yet", verdict.TextContent.Trim());
        Assert.Contains("ended", verdict.ClassList);
    }

    [Fact]
    public async Task Changes_during_a_load_are_one_more_load_after_it()
    {
        var answer = new TaskCompletionSource();
        var rollups = new Failures.FakeRollups { Gate = answer.Task };
        var page = Render(rollups.Counts);
        page.WaitForAssertion(() => Assert.Equal(6, Feed.ReaderCount));

        // One timer waits all the time: the page looks again by itself.
        foreach (var kind in new[] { ChangeKind.Tokens, ChangeKind.Alerts })
        {
            Feed.Publish(new Change(kind, null));
            await Eventually.TrueAsync(() => Core.Clock.WaitingTimers > 1);
            await Eventually.TrueAsync(() =>
            {
                Core.Clock.Advance(TimeSpan.FromSeconds(1));
                return Core.Clock.WaitingTimers is 1;
            });
        }

        answer.SetResult();
        await Eventually.TrueAsync(() => page.InvokeAsync(() => rollups.Reads.Count(read => read.Grain is RollupGrain.Day) == 2));
        Assert.Equal(1, rollups.MostAtOnce);
    }

    [Fact]
    public async Task Leaving_the_page_ends_its_subscriptions()
    {
        var page = RenderPage();
        page.WaitForAssertion(() => Assert.Equal(6, Feed.ReaderCount));

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.ReaderCount);
    }

    private IRenderedComponent<OverviewPage> RenderPage() => Render(Core.Get<RefusalCounts>()).Loaded();

    private IRenderedComponent<OverviewPage> Render(RefusalCounts counts)
    {
        var failures = new FailureReader(counts, Core.Get<EventLog>(), Core.Clock);
        var health = new HealthReader(
            Core.Get<IStoreHealth>(), Core.Get<KeyRing>(), Core.Get<EventLog>(), Core.Get<PurgeWorker>(), Core.Get<BackupReminder>(), Core.Clock);
        Services.AddSingleton(new OverviewReader(
            new OverviewSources(
                Core.Get<TokenDirectory>(),
                Core.Get<EventLog>(),
                Core.Get<AuditLog>(),
                Core.Get<ClientDirectory>(),
                Core.Get<AlertBook>(),
                Core.Get<SoonExpiring>()),
            health,
            new FailingNowReader(new RefusalsNowReader(failures, counts), failures),
            Core.Clock));
        return Render<OverviewPage>();
    }
}
