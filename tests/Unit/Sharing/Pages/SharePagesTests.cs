using Bunit;
using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Sharing;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Failures;
using Dashboard.Inspector;
using Dashboard.Sharing;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Sharing.Pages;

public sealed class SharePagesTests : PageTest
{
    private const string Reference = "req_0123456789abcdef";

    private ReportShares Shares => Core.Get<ReportShares>();

    [Fact]
    public async Task Shared_report_looks_like_a_failure_and_says_who_shares_it()
    {
        SignInAs(Roles.Support);
        var shared = await ShareAsync(new Actor("<b>bob", Roles.Reviewer));

        var page = Open(shared.Secret);

        page.WaitForElement(".verdict");
        Assert.Contains("TOKEN_EXPIRED", page.Find(".verdict").TextContent, StringComparison.Ordinal);
        Assert.Contains("Shared by <b>bob", page.Find(".callout").TextContent, StringComparison.Ordinal);
        Assert.Contains("Is it valid at this time?", page.Find(".checks [aria-current=true]").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/failures/{Reference}", page.Find(".pairs .identifier a").GetAttribute("href"));
        Assert.DoesNotContain("End sharing", page.Markup, StringComparison.Ordinal);
        Assert.Equal("report_share.opened", (await Core.Get<AuditLog>().FindNewestAsync(Stop))!.Entry.Action);
    }

    [Fact]
    public async Task Expired_unknown_and_ended_links_say_the_same()
    {
        var (expired, ended) = (await ShareAsync(lifetime: TimeSpan.FromHours(1)), await ShareAsync());
        await Shares.EndAsync(ended.Share.Id, new Actor("alice", Roles.Support), Stop);
        Core.Clock.Advance(TimeSpan.FromHours(2));

        var texts = new[] { expired.Secret, ended.Secret, "<script>" }.Select(secret =>
        {
            var page = Open(secret);
            page.WaitForElement(".empty");
            return page.Find(".empty").TextContent;
        });

        Assert.Contains("This link leads nowhere", Assert.Single(texts.Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_shares_it_ends_it_on_its_page()
    {
        SignInAs(Roles.Support);
        var shared = await ShareAsync();
        var page = Open(shared.Secret);
        page.WaitForElement(".verdict");

        var ending = page.ClickButtonAsync("End sharing");
        await ConfirmAsync();
        await ending;

        page.WaitForElement(".empty");
        Assert.Null(await Shares.OpenAsync(shared.Secret, new Actor("bob", Roles.Reviewer), Stop));
    }

    [Fact]
    public async Task List_shows_ones_own_and_everything_to_administrators()
    {
        await ShareAsync();
        await ShareAsync(new Actor("bob", Roles.Reviewer));
        SignInAs(Roles.Support);
        var own = Render<SharesPage>();
        own.WaitForElement("tbody tr");
        Assert.Single(own.FindAll("tbody tr"));

        SignInAs(Roles.Administrator);
        var all = Render<SharesPage>();
        all.WaitForElement("tbody tr");
        Assert.Equal(2, all.FindAll("tbody tr").Count);

        var ending = all.InvokeAsync(() => all.FindAll("tbody tr button").First(button => button.TextContent.StartsWith("End", StringComparison.Ordinal)).Click());
        await ConfirmAsync();
        await ending;

        all.WaitForAssertion(() => Assert.Single(all.FindAll("tbody tr")));
    }

    [Fact]
    public void Empty_list_says_what_to_do()
    {
        var page = Render<SharesPage>();

        page.WaitForElement(".empty");
        Assert.Contains("Nothing is shared", page.Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_is_shared_for_the_chosen_time_and_its_link_shown()
    {
        await RefuseAsync();
        var page = Render<FailurePage>(parameters => parameters.Add(failure => failure.Reference, Reference));
        page.WaitForElement(".verdict");

        var sharing = page.ClickButtonAsync("Share this report");
        var dialog = Render(Services.GetRequiredService<Dialogs>().Current!.Content);
        Assert.Contains("The token, the values of all other claims", dialog.Markup, StringComparison.Ordinal);
        await dialog.FindAll("input[type=radio]")[0].ChangeAsync(new ChangeEventArgs { Value = "on" });
        await dialog.Find("form").SubmitAsync();
        await sharing;

        page.WaitForElement("[aria-label='Shared report']");
        var share = Assert.Single(await Shares.ListAsync(new Actor("alice", Roles.Administrator), Stop));
        Assert.Equal((Reference, TimeSpan.FromHours(1)), (share.Reference, share.ExpiresAt - share.CreatedAt));
        var link = page.FindAll("[data-copy]").Select(button => button.GetAttribute("data-copy")!).First(text => text.Contains("/shared/", StringComparison.Ordinal));
        Assert.NotNull(await Shares.OpenAsync(link[(link.LastIndexOf('/') + 1)..], new Actor("bob", Roles.Reviewer), Stop));
    }

    [Fact]
    public async Task Inspection_is_shared_and_forgotten_with_the_next_token()
    {
        var script = new PasteScript(this);
        var page = Render<InspectorPage>();
        await script.PasteAsync(page.FindComponent<PasteBox>(), (await Core.IssueAsync()).Token);

        var sharing = page.ClickButtonAsync("Share this report");
        await Render(Services.GetRequiredService<Dialogs>().Current!.Content).Find("form").SubmitAsync();
        await sharing;
        page.WaitForElement("[aria-label='Shared report']");
        Assert.Equal(ShareSource.Inspector, Assert.Single(await Shares.ListAsync(new Actor("alice", Roles.Administrator), Stop)).Source);

        await script.PasteAsync(page.FindComponent<PasteBox>(), (await Core.IssueAsync()).Token);
        Assert.Empty(page.FindAll("[aria-label='Shared report']"));
    }

    [Fact]
    public async Task Sharing_after_the_right_was_lost_shares_nothing()
    {
        var report = Render<ShareReport>(parameters => parameters.Add(share => share.Of, SharedReport.Of(new TokenReport
        {
            Accepted = true,
            Cause = "",
            NextStep = "",
            Checks = [],
            ClaimsAreVerified = true,
            Context = new ReportContext("", [], false, default),
        })));

        var sharing = report.ClickButtonAsync("Share this report");
        SignInAs(Roles.Subject);
        await Render(Services.GetRequiredService<Dialogs>().Current!.Content).Find("form").SubmitAsync();
        await sharing;

        Assert.Empty(await Shares.ListAsync(new Actor("admin", Roles.Administrator), Stop));
        Assert.True(Assert.Single(Services.GetRequiredService<Toasts>().Shown).IsError);
    }

    private IRenderedComponent<SharedPage> Open(string secret) => Render<SharedPage>(parameters => parameters.Add(page => page.Secret, secret));

    private async Task ConfirmAsync() => await Render(Services.GetRequiredService<Dialogs>().Current!.Content).Find("form").SubmitAsync();

    private async Task<ShareOutcome.Made> ShareAsync(Actor? who = null, TimeSpan? lifetime = null)
    {
        var report = await Core.Get<TokenReporter>().ReportAsync(
            (await Core.IssueAsync()).Token, new ValidationContext { At = Core.Clock.GetUtcNow().AddHours(3), IsHandedOn = true }, Stop);
        return Assert.IsType<ShareOutcome.Made>(await Shares.ShareAsync(
            SharedReport.Of(report), Reference, lifetime ?? ReportShares.DefaultLifetime, who ?? new Actor("alice", Roles.Support), Stop));
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
