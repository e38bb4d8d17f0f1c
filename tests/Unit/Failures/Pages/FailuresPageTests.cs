using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Failures;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Failures.Pages;

/// <summary>The page of failures over the real store.</summary>
public sealed class FailuresPageTests : PageTest
{
    private int _references;

    public FailuresPageTests()
    {
        Services.AddFailures();
        Services.AddSingleton(_ => Core.Get<RefusalCounts>());
        Services.AddSingleton(_ => Core.Get<EventLog>());
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private EventLog Events => Core.Get<EventLog>();

    [Fact]
    public void Nothing_refused_says_so_and_leads_to_a_longer_time()
    {
        var page = Show("/failures");

        Assert.Contains("0 refusals in the last 24 h", page.Find("#chart-title").TextContent, StringComparison.Ordinal);
        Assert.Contains("needs a week of counts", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing was refused", page.Find(".empty").TextContent, StringComparison.Ordinal);
        page.Find(".empty button").Click();
        page.WaitForAssertion(() => Assert.EndsWith("/failures?range=30d", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Faults_are_counted_by_code_and_by_whom_and_listed_with_their_reports()
    {
        await RefuseSomeAsync();

        var page = Show("/failures");

        Assert.Contains("6 refusals", page.Find("#chart-title").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Token expired TOKEN_EXPIRED 3 50 %",
                "Client not authenticated invalid_client 2 33 %",
                "Login refused INVALID_CREDENTIALS 1 16 %",
            ],
            page.FindAll(".legend button").Select(entry => string.Join(' ', entry.Children.Skip(1).Select(part => part.TextContent))));
        Assert.Equal(["portal", "robot"], TopOf(page, "Clients"));
        Assert.Equal(["203.0.113.7", "203.0.113.8"], TopOf(page, "Addresses"));
        Assert.Equal(6, page.FindAll(".list tbody tr").Count);
        Assert.Equal("/failures/req_0000000000000006", page.Find(".list tbody a").GetAttribute("href"));
        Assert.Equal(96, page.FindAll(".plot [role=button]").Count);
        Assert.DoesNotContain("style=", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Times are those of UTC", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_and_client_filter_what_is_counted_and_listed_and_say_what_it_means()
    {
        await RefuseSomeAsync();
        var page = Show("/failures");

        page.FindAll(".legend button")[0].Click();
        page.Loaded();
        page.WaitForAssertion(() => Assert.EndsWith("/failures?code=TOKEN_EXPIRED", Navigation.Uri, StringComparison.Ordinal));
        Assert.Contains("The caller should get a new token", page.Find(".meaning").TextContent, StringComparison.Ordinal);
        Assert.Equal("/docs/problems/token-invalid", page.Find(".meaning a").GetAttribute("href"));
        Assert.Equal(3, page.FindAll(".list tbody tr").Count);
        Assert.Equal("true", page.Find(".legend button").GetAttribute("aria-pressed"));

        page.FindAll("section").Single(section => section.QuerySelector("h2")?.TextContent == "Clients").QuerySelector("button")!.Click();
        page.Loaded();
        page.WaitForAssertion(() => Assert.EndsWith("/failures?code=TOKEN_EXPIRED&client=portal", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(["Code", "Client"], page.FindAll(".chip .name").Select(chip => chip.TextContent));

        await page.ClickButtonAsync("Clear all");
        page.WaitForAssertion(() => Assert.EndsWith("/failures", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Column_is_looked_at_closer_and_back_leads_to_the_day()
    {
        await RefuseSomeAsync();
        var page = Show("/failures");

        await page.Find("[data-column='95']").ClickAsync(new());
        page.Loaded();

        page.WaitForAssertion(() => Assert.EndsWith("/failures?from=2030-01-01T11%3A45%3A00Z&to=2030-01-01T12%3A00%3A00Z", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(15, page.FindAll(".plot [role=button]").Count);
        await page.ClickButtonAsync("Back to 24 h");
        page.WaitForAssertion(() => Assert.EndsWith("/failures", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Time_of_ones_own_is_asked_for_in_the_zone_of_the_browser()
    {
        JSInterop.Setup<string?>("signet.timeZone").SetResult("Europe/Vienna");
        var page = Show("/failures");
        await page.InvokeAsync(() => Services.GetRequiredService<BrowserTime>().LoadAsync());

        await page.InvokeAsync(() => page.FindAll(".segments input")[^1].Change("on"));
        page.Find("#failures-from").Change("2030-01-01T09:00");
        page.Find("#failures-to").Change("2030-01-01T08:00");
        await page.InvokeAsync(() => page.Find("form").Submit());
        Assert.Contains("must be the later", page.Markup, StringComparison.Ordinal);

        page.Find("#failures-to").Change("2030-01-01T10:00");
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.EndsWith("/failures?from=2030-01-01T08%3A00%3A00Z&to=2030-01-01T09%3A00%3A00Z", Navigation.Uri, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("Europe/Vienna", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Table_has_the_same_numbers_and_looks_closer_too()
    {
        await RefuseSomeAsync();
        var page = Show("/failures?view=table");

        Assert.Empty(page.FindAll(".plot"));
        Assert.Equal(96, page.FindAll(".numbers tbody tr").Count);
        Assert.Equal(
            ["3", "2", "1", "6"], page.FindAll(".numbers tbody tr")[0].QuerySelectorAll("td").Take(4).Select(cell => cell.TextContent));
        Assert.Equal("/failures", page.Find(".card-head a").GetAttribute("href"));
        page.Find(".numbers tbody button").Click();
        page.WaitForAssertion(() => Assert.Contains("view=table", Navigation.Uri, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("from=", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flood_is_counted_whole_and_says_that_only_the_first_were_kept()
    {
        for (var refused = 0; refused < 200; refused++)
        {
            Refuse("INVALID_CREDENTIALS", address: "203.0.113.66");
        }

        await StoreAsync(200);
        var page = Show("/failures");

        Assert.Contains("200 refusals", page.Find("#chart-title").TextContent, StringComparison.Ordinal);
        Assert.Contains("Counted 200, kept 60", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happens_meanwhile_appears_at_the_top_and_waits_below()
    {
        await RefuseSomeAsync();
        var page = Show("/failures");
        await Eventually.TrueAsync(() => Feed.ReaderCount == 1);

        Refuse("WRONG_AUDIENCE");
        await AppearsAsync(page, () => page.Find("#chart-title").TextContent.StartsWith("7 ", StringComparison.Ordinal));
        Assert.Equal(7, page.FindAll(".list tbody tr").Count);
        Assert.Contains("WRONG_AUDIENCE", Assert.Single(page.FindAll(".list tr.changed")).TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.FindComponent<ScrollMark>().Instance.PassAsync(true));
        Refuse("WRONG_AUDIENCE");
        await AppearsAsync(page, () => page.Find("#chart-title").TextContent.StartsWith("8 ", StringComparison.Ordinal));
        Assert.Equal(7, page.FindAll(".list tbody tr").Count);

        await page.ClickButtonAsync("1 new, show");
        page.WaitForAssertion(() => Assert.Equal(8, page.FindAll(".list tbody tr").Count));
    }

    [Fact]
    public async Task Later_pages_of_the_list_stay_as_they_are()
    {
        for (var refused = 0; refused < 55; refused++)
        {
            Refuse("TOKEN_EXPIRED", address: $"203.0.113.{refused}");
        }

        await StoreAsync(55);
        var page = Show("/failures");
        await Eventually.TrueAsync(() => Feed.ReaderCount == 1);
        await page.ClickButtonAsync("Next");
        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll(".list tbody tr").Count));

        Refuse("TOKEN_EXPIRED");
        await AppearsAsync(page, () => page.Markup.Contains("1 new, show", StringComparison.Ordinal));
        Assert.Equal(5, page.FindAll(".list tbody tr").Count);

        await page.ClickButtonAsync("1 new, show");
        page.WaitForAssertion(() => Assert.Equal(50, page.FindAll(".list tbody tr").Count));
    }

    [Fact]
    public async Task List_that_stays_is_compared_with_what_was_counted_when_it_was_read()
    {
        await RefuseSomeAsync();
        var page = Show("/failures");
        await Eventually.TrueAsync(() => Feed.ReaderCount == 1);
        await page.InvokeAsync(() => page.FindComponent<ScrollMark>().Instance.PassAsync(true));

        Refuse("WRONG_AUDIENCE");
        await AppearsAsync(page, () => page.Find("#chart-title").TextContent.StartsWith("7 ", StringComparison.Ordinal));

        Assert.Equal(6, page.FindAll(".list tbody tr").Count);
        Assert.DoesNotContain("Counted", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_list_that_stays_does_not_say_that_reports_are_gone()
    {
        await Events.StartAsync(Stop);
        var page = Show("/failures");
        await Eventually.TrueAsync(() => Feed.ReaderCount == 1);
        await page.InvokeAsync(() => page.FindComponent<ScrollMark>().Instance.PassAsync(true));

        Refuse("WRONG_AUDIENCE");
        await AppearsAsync(page, () => page.Markup.Contains("1 new, show", StringComparison.Ordinal));

        Assert.Contains("1 refusal", page.Find("#chart-title").TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing was refused", page.Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Part_of_an_address_that_makes_no_sense_is_named() =>
        Assert.Contains("must be 1h, 24h, 7d or 30d", Show("/failures?range=1y").Markup, StringComparison.Ordinal);

    [Fact]
    public async Task Names_are_data()
    {
        Refuse("<b>x</b>", client: "<i>\u202egpj", subject: "<script>");
        await StoreAsync(1);

        var page = Show("/failures");

        Assert.Empty(page.FindAll("b, i, script"));
        Assert.Contains("\\u{202E}gpj", page.Find(".list tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_that_is_away_is_said_and_tried_again()
    {
        var rollups = new FakeRollups { IsAway = true };
        Services.AddSingleton(rollups.Counts);
        Navigation.NavigateTo("/failures");
        var page = Render<FailuresPage>();

        page.WaitForAssertion(() => Assert.Contains("Nothing can be shown now", page.Markup, StringComparison.Ordinal));
        rollups.IsAway = false;
        await page.ClickButtonAsync("Try again");
        page.WaitForAssertion(() => Assert.Contains("0 refusals", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("The store cannot be read", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_had_most_is_asked_for_once_in_a_load()
    {
        var rollups = new FakeRollups();
        rollups.Add(Core.Clock.GetUtcNow().AddMinutes(-20), of: new RefusalFilter(Client: "portal", Address: "203.0.113.7"));
        Services.AddSingleton(rollups.Counts);

        var page = Show("/failures?client=portal");

        await page.InvokeAsync(() => Assert.Equal(rollups.Reads.Count(read => read.Grain is RollupGrain.Minute), rollups.TopReads));
        Assert.Equal(["portal"], TopOf(page, "Clients"));
        Assert.Equal(["203.0.113.7"], TopOf(page, "Addresses"));
    }

    [Fact]
    public async Task Changes_during_a_load_are_one_more_load_after_it()
    {
        var answer = new TaskCompletionSource();
        var rollups = new FakeRollups { Gate = answer.Task };
        Services.AddSingleton(rollups.Counts);
        Navigation.NavigateTo("/failures");
        var page = Render<FailuresPage>();

        // What listens asked at once, and waits since: its load and the minute's are one more after the page's own.
        await Eventually.TrueAsync(() => Feed.ReaderCount == 1 && Core.Clock.WaitingTimers > 0);
        Core.Clock.Advance(TimeSpan.FromMinutes(1));
        answer.SetResult();
        page.Loaded();

        await Eventually.TrueAsync(() => page.InvokeAsync(() => rollups.TopReads is 2));
        Assert.Equal(1, rollups.MostAtOnce);
    }

    [Fact]
    public async Task List_stays_for_whoever_scrolled_while_it_was_read()
    {
        var rollups = new FakeRollups();
        Services.AddSingleton(rollups.Counts);
        var page = Show("/failures");
        await Eventually.TrueAsync(() => Core.Clock.WaitingTimers > 0);
        var answer = new TaskCompletionSource();
        rollups.Gate = answer.Task;
        Core.Clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => rollups.Waiting is 1);

        await page.InvokeAsync(() => page.FindComponent<ScrollMark>().Instance.PassAsync(true));
        Refuse("WRONG_AUDIENCE");
        await StoreAsync(1);
        answer.SetResult();

        page.WaitForAssertion(() => Assert.Contains("1 new, show", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Nothing was refused", page.Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_to_an_address_that_was_left_is_not_shown()
    {
        var rollups = new FakeRollups();
        rollups.Add(Core.Clock.GetUtcNow().AddMinutes(-20));
        rollups.Add(Core.Clock.GetUtcNow().AddMinutes(-20), "WRONG_AUDIENCE");
        Services.AddSingleton(rollups.Counts);
        var page = Show("/failures");
        await Eventually.TrueAsync(() => Core.Clock.WaitingTimers > 0);
        var answer = new TaskCompletionSource();
        rollups.Gate = answer.Task;

        page.FindAll(".legend button")[0].Click();
        Navigation.NavigateTo("/failures?code=WRONG_AUDIENCE");
        page.WaitForAssertion(() => Assert.NotNull(page.Find(".loading")));
        answer.SetResult();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".loading")));
        Assert.Contains("1 refusal ", page.Find("#chart-title").TextContent, StringComparison.Ordinal);
        Assert.Contains("WRONG_AUDIENCE", page.Find(".meaning").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, rollups.MostAtOnce);
    }

    [Fact]
    public async Task Leaving_the_page_ends_what_it_listens_to()
    {
        Show("/failures");
        await Eventually.TrueAsync(() => Feed.ReaderCount == 1);

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.ReaderCount);
        Assert.Equal(0, Core.Clock.WaitingTimers);
    }

    [Fact]
    public async Task Time_goes_on_without_anything_refused()
    {
        var page = Show("/failures?range=1h");
        await Eventually.TrueAsync(() => Feed.ReaderCount == 1);
        Assert.Contains("1 Jan, 11:59 to 12:00", page.Find("[data-column='59']").GetAttribute("aria-label"), StringComparison.Ordinal);

        Core.Clock.Advance(TimeSpan.FromMinutes(3));

        page.WaitForAssertion(() =>
            Assert.Contains("1 Jan, 12:02 to 12:03", page.Find("[data-column='59']").GetAttribute("aria-label"), StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> TopOf(IRenderedComponent<FailuresPage> page, string title) =>
    [
        .. page.FindAll("section").Single(section => section.QuerySelector("h2")?.TextContent == title).QuerySelectorAll("button")
            .Select(button => button.TextContent),
    ];

    private IRenderedComponent<FailuresPage> Show(string address)
    {
        Navigation.NavigateTo(address);
        return Render<FailuresPage>().Loaded();
    }

    private async Task RefuseSomeAsync()
    {
        Refuse("INVALID_CREDENTIALS", subject: "alice", address: "203.0.113.8");
        Refuse("invalid_client", client: "robot");
        Refuse("invalid_client", client: "robot");
        Refuse("TOKEN_EXPIRED", client: "portal");
        Refuse("TOKEN_EXPIRED", client: "portal");
        Refuse("TOKEN_EXPIRED", client: "portal");
        await StoreAsync(6);
    }

    private void Refuse(string code, string? client = null, string? subject = null, string address = "203.0.113.7")
    {
        var reference = FormattableString.Invariant($"req_{++_references:D16}");
        Events.Record(new SecurityEvent
        {
            At = Core.Clock.GetUtcNow().AddSeconds(-1),
            Kind = EventKinds.TokenRefused,
            Outcome = EventOutcome.Refused,
            Code = code,
            Client = client,
            Subject = subject,
            Origin = new RequestOrigin(reference, address, null, "POST /auth/validate"),
        });
    }

    // Written by the background service, as in the program.
    private async Task StoreAsync(int count)
    {
        await Events.StartAsync(Stop);
        var range = new TimeRange(Core.Clock.GetUtcNow().AddHours(-1), Core.Clock.GetUtcNow().AddHours(1));
        await Eventually.TrueAsync(async () =>
        {
            var found = await Core.Get<RefusalCounts>().ReadSeriesAsync(RefusalFilter.None, RollupGrain.Minute, range, Stop);
            return found.Sum(counted => counted.Count) == count;
        });
    }

    private Task AppearsAsync(IRenderedComponent<FailuresPage> page, Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        Core.Clock.Advance(TimeSpan.FromMilliseconds(500));
        return page.InvokeAsync(condition);
    });
}
