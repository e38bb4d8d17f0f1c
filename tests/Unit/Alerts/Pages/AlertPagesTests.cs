using Bunit;
using Dashboard.Alerts;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Alerts.Pages;

/// <summary>The pages of alerts, mutes and rules.</summary>
public sealed class AlertPagesTests : PageTest
{
    public AlertPagesTests()
    {
        Services.AddAlertPages();
        Services.AddSingleton(_ => Core.Get<AlertBook>());
        Services.AddSingleton(_ => Core.Get<AlertRules>());
        Services.AddSingleton(_ => Core.Get<RulePreview>());
        Services.AddSingleton(_ => Core.Get<IOptions<AlertOptions>>());
    }

    private AlertBook Book => Core.Get<AlertBook>();

    [Fact]
    public void Empty_lists_say_what_to_do_next()
    {
        Assert.Contains("Nothing needs attention", Show<AlertsPage>("/alerts").Markup, StringComparison.Ordinal);
        Assert.Contains("No alert matches", Show<AlertsPage>("/alerts?state=open").Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing is muted", Show<AlertsPage>("/alerts?tab=mutes").Markup, StringComparison.Ordinal);
        Assert.Contains("was not understood", Show<AlertsPage>("/alerts?kind=weather").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alerts_are_listed_as_data_open_ones_first_and_a_new_one_appears()
    {
        await RaiseAsync("over");
        await Book.ResolveAsync(AlertBuilder.Kind, "over", null, Stop);
        var page = Show<AlertsPage>("/alerts");

        await Book.RaiseAsync(AlertBuilder.Draft("new") with { Title = "<b>A used refresh token</b>", Severity = AlertSeverity.Critical }, Stop);

        page.WaitForAssertion(() => Assert.Equal(
            ["Critical", "Resolved"], page.FindAll("td.state .status").Select(status => status.TextContent.Trim())));
        Assert.Equal("<b>A used refresh token</b>", page.Find("th.what a").TextContent);
        Assert.Single(Show<AlertsPage>("/alerts?state=resolved").FindAll("td.state"));
        Assert.Empty(Show<AlertsPage>("/alerts?kind=expiring").FindAll("td.state"));
    }

    [Fact]
    public async Task Alert_is_acknowledged_with_a_reason_that_stands_beside_it()
    {
        var alert = await RaiseAsync("app alice");
        var dialogs = Render<DialogHost>();
        var page = Render<AlertPage>(parameters => parameters.Add(shown => shown.Id, alert.Id)).Loaded();
        Assert.Equal("/tokens", page.Find("a.primary").GetAttribute("href"));

        await page.ClickButtonAsync("Acknowledge");
        Answer(dialogs, "I ask alice");

        page.WaitForAssertion(() => Assert.Contains("alice has taken it on", page.Markup, StringComparison.Ordinal));
        Assert.Contains("I ask alice", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == "Acknowledge");
    }

    [Fact]
    public async Task Alert_is_muted_from_its_menu_and_the_mute_is_ended()
    {
        await RaiseAsync("app alice");
        var dialogs = Render<DialogHost>();
        var page = Show<AlertsPage>("/alerts");

        await page.ClickButtonAsync("Mute this for 8 hours");
        Answer(dialogs, "known");
        page.WaitForAssertion(() => Assert.Equal("Muted", page.Find("td.state .status").TextContent.Trim()));
        var mute = Assert.Single(await Book.ReadMutesAsync(Stop));
        Assert.Equal((AlertBuilder.Kind, "app alice", Core.Clock.GetUtcNow().AddHours(8)), (mute.Kind, mute.Key, mute.Until));

        var mutes = Show<AlertsPage>("/alerts?tab=mutes");
        await mutes.ClickButtonAsync("End mute");
        Answer(dialogs, "done");
        mutes.WaitForAssertion(() => Assert.Contains("Nothing is muted", mutes.Markup, StringComparison.Ordinal));
        Assert.Equal(1, await Book.CountOpenAsync(Stop));
    }

    [Fact]
    public async Task Rule_is_tried_made_changed_and_deleted()
    {
        var dialogs = Render<DialogHost>();
        var page = Show<AlertRulePage>("/alerts/rules/new");
        await page.InvokeAsync(() => page.Find("form").Submit());
        Assert.Contains("must have 1 to 100 characters", page.Find("#name-error").TextContent, StringComparison.Ordinal);
        page.Find("#name").Input("Mine");
        page.Find("#code").Input("TOKEN_EXPIRED");
        page.Find("#threshold").Input("7");
        await page.ClickButtonAsync("Try on the last day");
        page.WaitForAssertion(() => Assert.Contains("fired not once", page.Markup, StringComparison.Ordinal));

        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "we need it");
        var made = await RuleAsync("Mine", threshold: 7);
        page.WaitForAssertion(() => Assert.Equal($"/alerts/rules/{made.Id}", new Uri(Navigation.Uri).AbsolutePath));

        page = Render<AlertRulePage>(parameters => parameters.Add(shown => shown.Id, made.Id)).Loaded();
        page.Find("#threshold").Input("9");
        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "too many");
        await RuleAsync("Mine", threshold: 9);
        await page.ClickButtonAsync("Delete");
        Answer(dialogs, "done");
        page.WaitForAssertion(() => Assert.EndsWith("/alerts?tab=rules", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(3, Show<AlertsPage>("/alerts?tab=rules").FindAll("td.state").Count);
    }

    [Theory]
    [InlineData(Roles.Reviewer)]
    [InlineData(Roles.Support)]
    public async Task Others_see_and_can_change_nothing(string role)
    {
        var alert = await RaiseAsync("app alice");
        SignInAs(role);

        Assert.DoesNotContain("Mute this", Show<AlertsPage>("/alerts").Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("New rule", Show<AlertsPage>("/alerts?tab=rules").Markup, StringComparison.Ordinal);
        var page = Render<AlertPage>(parameters => parameters.Add(shown => shown.Id, alert.Id)).Loaded();
        Assert.DoesNotContain("Acknowledge<", page.Markup, StringComparison.Ordinal);
        var rule = Render<AlertRulePage>(parameters => parameters.Add(shown => shown.Id, "rule_logins_by_address")).Loaded();
        Assert.True(rule.Find("fieldset").HasAttribute("disabled"));
        Assert.DoesNotContain(rule.FindAll("button"), button => button.TextContent.Trim() is "Save" or "Delete");
    }

    [Fact]
    public async Task Palette_finds_an_alert_by_its_id_and_rules_by_their_names()
    {
        var alert = await RaiseAsync("app alice");
        var palette = Services.GetServices<IPaletteSource>().OfType<AlertPaletteSource>().Single();

        Assert.Equal($"/alerts/{alert.Id}", Assert.Single(await palette.FindAsync(alert.Id, Stop)).Href);
        Assert.Equal("/alerts/rules/rule_logins_by_address", Assert.Single(await palette.FindAsync("refused LOGINS", Stop)).Href);
        Assert.Empty(await palette.FindAsync("alert_nobody", Stop));
        SignInAs(Roles.Subject);
        Assert.Empty(await palette.FindAsync(alert.Id, Stop));
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        Assert.Contains("No alert with this id", Render<AlertPage>(parameters => parameters.Add(shown => shown.Id, "alert_x")).Loaded().Markup, StringComparison.Ordinal);
        Assert.Contains("No rule with this id", Render<AlertRulePage>(parameters => parameters.Add(shown => shown.Id, "rule_x")).Loaded().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_the_pages_ends_their_subscriptions()
    {
        var before = Feed.ReaderCount;
        var page = Show<AlertsPage>("/alerts");
        var badge = Render<AlertBadge>();
        page.WaitForAssertion(() => Assert.Equal(before + 2, Feed.ReaderCount));

        await DisposeComponentsAsync();

        await Eventually.TrueAsync(() => Feed.ReaderCount == before);
        Assert.True(badge.IsDisposed);
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<TPage> Show<TPage>(string address)
        where TPage : IComponent
    {
        Navigation.NavigateTo(address);
        return Render<TPage>().Loaded();
    }

    private async Task<Alert> RaiseAsync(string key) => (await Book.RaiseAsync(AlertBuilder.Draft(key), Stop)).Alert;

    private async Task<AlertRule> RuleAsync(string name, int threshold)
    {
        await Eventually.TrueAsync(async () => (await Core.Get<AlertRules>().ListAsync(Stop)).Any(IsIt));
        return (await Core.Get<AlertRules>().ListAsync(Stop)).Single(IsIt);

        bool IsIt(AlertRule rule) => rule.Name == name && rule.Threshold == threshold;
    }

    private static void Answer(IRenderedComponent<DialogHost> dialogs, string reason)
    {
        dialogs.WaitForElement("textarea").Input(reason);
        dialogs.Find("form").Submit();
    }
}
