using Bunit;
using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Expiries;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Keys;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Hosting.Failures;
using Dashboard.Hosting.Stats;
using Dashboard.Overview;
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
    public async Task Change_is_shown_a_second_later()
    {
        var page = RenderPage();
        page.WaitForAssertion(() => Assert.Equal(6, Feed.ReaderCount));

        await Core.IssueAsync();
        page.WaitForAssertion(() => Assert.NotEqual(0, Core.Clock.WaitingTimers));
        page.WaitForAssertion(() =>
        {
            Core.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("1", page.Find(".tile .value").TextContent);
        });
    }

    [Fact]
    public async Task Leaving_the_page_ends_its_subscriptions()
    {
        var page = RenderPage();
        page.WaitForAssertion(() => Assert.Equal(6, Feed.ReaderCount));

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.ReaderCount);
    }

    private IRenderedComponent<OverviewPage> RenderPage()
    {
        var health = new HealthReader(
            Core.Get<IStoreHealth>(), Core.Get<KeyRing>(), Core.Get<EventLog>(), Core.Get<PurgeWorker>(), Core.Clock);
        Services.AddSingleton(new OverviewReader(
            new OverviewSources(
                Core.Get<TokenDirectory>(),
                Core.Get<EventLog>(),
                Core.Get<AuditLog>(),
                Core.Get<ClientDirectory>(),
                Core.Get<AlertBook>(),
                Core.Get<SoonExpiring>()),
            health,
            new FailingNowReader(new RefusalsNowReader(Failures, Core.Get<RefusalCounts>()), Failures),
            Core.Clock));
        return Render<OverviewPage>().Loaded();
    }

    private FailureReader Failures => new(Core.Get<RefusalCounts>(), Core.Get<EventLog>(), Core.Clock);
}
