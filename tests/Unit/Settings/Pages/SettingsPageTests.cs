using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Storage.Purging;
using Dashboard.Settings;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Settings.Pages;

/// <summary>The settings page, tab by tab.</summary>
public sealed class SettingsPageTests : SettingsPageTest
{
    private const string Planted = "planted-secret-of-32-characters-x";

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["SIGNET_CLIENT_ID"] = "first",
        ["SIGNET_CLIENT_SECRET"] = Planted,
        ["Tokens:ClockSkew"] = "00:00:11",
    };

    [Fact]
    public async Task Findings_say_what_why_and_where_it_is_put_right()
    {
        await AddAsync(ClientBuilder.Client("bad") with { Name = "Bad <b>one</b>", RedirectUris = ["http://app.example.com/cb"] });

        var page = Show();

        var finding = page.FindAll(".findings > li")[0];
        Assert.Equal("Clients have redirect URIs with wildcards, or with http.", finding.QuerySelector("h2")!.TextContent);
        Assert.Equal("High", finding.QuerySelector(".status")!.TextContent.Trim());
        Assert.Equal(("/clients/bad/edit", "Bad <b>one</b>"), (finding.QuerySelector("a")!.GetAttribute("href"), finding.QuerySelector("a")!.TextContent));
        Assert.Contains("1 client", finding.TextContent, StringComparison.Ordinal);
        Assert.Contains("CLIENT_REDIRECT_INSECURE", finding.TextContent, StringComparison.Ordinal);
        Assert.Contains("The issuer is an https address.", page.Find(".kept").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_put_right_is_gone_when_it_is_looked_again()
    {
        await AddAsync(ClientBuilder.Client("all") with { MayIntrospectAll = true });
        var page = Show();
        Assert.Contains("Clients may introspect every token.", page.Markup, StringComparison.Ordinal);

        var stored = (await Core.Get<IClientStore>().FindAsync("all", Stop))!;
        await Core.Get<IClientStore>().ReplaceAsync(stored with { MayIntrospectAll = false }, new AuditEntry(Actor.Signet, "client.changed", "client", "all"), Stop);
        await page.ClickButtonAsync("Look again");

        page.WaitForAssertion(() => Assert.DoesNotContain("Clients may introspect every token.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reviewers_are_led_to_where_they_may_read()
    {
        SignInAs(Roles.Reviewer);
        await AddAsync(ClientBuilder.Client("bad") with { RedirectUris = ["http://app.example.com/cb"] });

        Assert.Equal("/clients/bad", Show().FindAll(".findings > li")[0].QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void Configuration_shows_what_is_in_effect_and_no_secret()
    {
        var page = Show("?tab=configuration");

        var skew = Line(page, "Tokens:ClockSkew");
        Assert.Contains("00:00:11", skew, StringComparison.Ordinal);
        Assert.Contains("default 00:00:30", skew, StringComparison.Ordinal);
        Assert.Contains("Changed", skew, StringComparison.Ordinal);
        Assert.Contains("set, and never shown", Line(page, "SIGNET_CLIENT_SECRET"), StringComparison.Ordinal);
        Assert.Contains("not set", Line(page, "JWT_SECRET"), StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, page.Markup, StringComparison.Ordinal);
        Assert.Single(page.FindAll("button[data-copy='Tokens__ClockSkew']"));
    }

    [Fact]
    public async Task Configuration_is_searched_and_narrowed_in_the_address()
    {
        var page = Show("?tab=configuration&q=clockskew");
        Assert.Single(page.FindAll("p.key"));

        await page.ClickButtonAsync("Configuration");
        page.WaitForAssertion(() => Assert.True(page.FindAll("p.key").Count > 50));
        await page.InvokeAsync(() => page.FindAll("input[type=radio]")[1].Change(true));

        page.WaitForAssertion(() => Assert.DoesNotContain(page.FindAll("p.key"), key => key.TextContent == "Tokens:MaximumLifetime"));
        Assert.Contains(page.FindAll("p.key"), key => key.TextContent == "Tokens:ClockSkew");
        Assert.EndsWith("?tab=configuration&changed=true", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_that_finds_nothing_says_so()
    {
        var page = Show("?tab=configuration&q=no-such-thing");

        Assert.Contains("No setting matches", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_says_how_long_and_what_went()
    {
        var page = Show("?tab=retention");
        Assert.Contains("Nothing was purged yet", page.Markup, StringComparison.Ordinal);

        await Core.Get<PurgeWorker>().RunAsync(Stop);
        await page.ClickButtonAsync("Posture");
        await page.ClickButtonAsync("Retention");

        page.WaitForAssertion(() => Assert.Contains("Last purge", page.Markup, StringComparison.Ordinal));
        var tokens = page.FindAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "Tokens");
        Assert.Equal(["90 days", "Tokens:LedgerRetention"], tokens.QuerySelectorAll("td").Take(2).Select(cell => cell.TextContent.Trim()));
        Assert.Equal("0", tokens.QuerySelector(".gone")!.LastChild!.TextContent);
        Assert.Equal("/settings?tab=configuration&q=Tokens%3ALedgerRetention", tokens.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void Nodes_tell_of_this_one_and_of_the_store()
    {
        var page = Show("?tab=nodes");

        Assert.Contains("Open pages", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Storage", page.Markup, StringComparison.Ordinal);
        Assert.Contains("nobody at this moment", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_that_cannot_be_read_says_so_and_is_tried_again()
    {
        var page = Show();
        await Core.SpoilAsync("clients", keys => keys.LiveClients);

        await page.ClickButtonAsync("Look again");

        page.WaitForAssertion(() => Assert.Contains("The store cannot be read", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Contains(page.FindAll("button"), button => button.TextContent.Trim() == "Try again");
    }

    [Fact]
    public async Task Export_asks_why_and_downloads()
    {
        var dialogs = Render<DialogHost>();
        var page = Show();

        await page.ClickButtonAsync("Configuration as JSONwithout secrets");
        dialogs.WaitForElement("textarea").Input("for the auditors");
        dialogs.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains(
            JSInterop.Invocations["signet.download"], call => call.Arguments[0] is "/dashboard/settings/export?reason=for%20the%20auditors"));
    }

    private static string Line(IRenderedComponent<SettingsPage> page, string key) =>
        page.FindAll("li").Single(line => line.QuerySelector("p.key")?.TextContent == key).TextContent;

    private Task<bool> AddAsync(Client client) =>
        Core.Get<IClientStore>().AddAsync(client, new AuditEntry(Actor.Signet, "client.created", "client", client.Id), Stop);
}
