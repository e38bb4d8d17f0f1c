using Bunit;
using Dashboard.Audit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Radzen;

namespace Dashboard.Tests.Unit.Audit.Pages;

public sealed class AuditPagesTests : PageTest
{
    public AuditPagesTests()
    {
        Services.AddRadzenComponents();
        Services.AddAuditPages();
        Services.AddSingleton(_ => Core.Get<AuditLog>());
        Services.AddSingleton(_ => Core.Get<AuditReads>());
        Services.AddSingleton(_ => Core.Get<AuditVerifier>());
        Services.AddSingleton(_ => Core.Get<AuditCheckpoints>());
        Services.AddSingleton(_ => Core.Get<IOptions<AuditOptions>>());
    }

    private AuditLog Log => Core.Get<AuditLog>();

    protected override IReadOnlyDictionary<string, string?>? Settings => StoreKinds.Sqlite;

    [Fact]
    public async Task Entries_are_sentences_with_links_and_the_reading_is_recorded()
    {
        await RecordAsync("client.created", "client", "portal", "a new team");

        var page = Show("/audit?kind=client");

        var row = Assert.Single(page.FindAll("tbody tr"));
        Assert.Contains("Client created", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("a new team", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("/clients/portal", row.InnerHtml, StringComparison.Ordinal);
        var read = Assert.Single((await Log.ListAsync(new AuditFilter(Action: "audit.read"), null, 10, Stop)).Items);
        Assert.Equal(("alice", "{\"asked\":\"?kind=client\"}"), (read.Entry.Who.Name, read.Entry.After));
    }

    [Fact]
    public async Task Names_are_data()
    {
        await RecordAsync("client.created", "client", "<b>x</b>", "why <script>");

        var page = Show("/audit?kind=client");

        Assert.Empty(page.FindAll("tbody b, tbody script"));
        Assert.Contains("&lt;script&gt;", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_entries_wait_until_they_are_asked_for()
    {
        await RecordAsync("thing.done", "thing", "1");
        var page = Show("/audit?action=thing.done");
        Assert.Single(page.FindAll("tbody tr"));

        await RecordAsync("thing.done", "thing", "2");
        await RecordAsync("other.done", "thing", "3");

        // Bursts of news are one look, and there is a pause between looks.
        await Eventually.TrueAsync(() =>
        {
            Core.Clock.Advance(TimeSpan.FromSeconds(1));
            return page.Markup.Contains("Show 1 new entry", StringComparison.Ordinal);
        });
        Assert.Single(page.FindAll("tbody tr"));
        await page.ClickButtonAsync("Show 1 new entry");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        Assert.DoesNotContain("new entr", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_go_into_the_address()
    {
        await RecordAsync("thing.done", "thing", "1", "because");
        var page = Show("/audit");

        await page.InvokeAsync(() => page.Find("select[aria-label=Action]").Change("thing.done"));
        page.WaitForAssertion(() => Assert.EndsWith("/audit?action=thing.done", Navigation.Uri, StringComparison.Ordinal));

        page = Show("/audit?action=thing.done");
        await page.ClickButtonAsync("More filters");
        await page.InvokeAsync(() => page.Find("#filter-operator").Change("bob"));
        await page.InvokeAsync(() => page.Find("#filter-from").Change("2030-01-01T10:00"));
        Assert.Contains("Times are in UTC", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("form.form").Submit());

        page.WaitForAssertion(() => Assert.EndsWith("/audit?operator=bob&action=thing.done&from=2030-01-01T10%3A00%3A00Z", Navigation.Uri, StringComparison.Ordinal));
        page = Show("/audit?operator=bob&action=thing.done&from=2030-01-01T10%3A00%3A00Z");
        var chips = page.Find("ul[aria-label='Active filters']").TextContent;
        Assert.All(new[] { "bob", "thing.done", "1 Jan 2030, 10:00:00 UTC" }, text => Assert.Contains(text, chips, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_matches_offers_to_clear_the_filters()
    {
        var page = Show("/audit?operator=nobody");
        Assert.Contains("No entry matches", page.Markup, StringComparison.Ordinal);

        await page.ClickButtonAsync("Clear filters");

        page.WaitForAssertion(() => Assert.EndsWith("/audit", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Store_that_cannot_be_read_is_said_and_tried_again()
    {
        Core.Tamper("ALTER TABLE audit RENAME TO lost;");
        var page = Show("/audit");
        Assert.Contains("The store cannot be read", page.Markup, StringComparison.Ordinal);

        Core.Tamper("ALTER TABLE lost RENAME TO audit;");
        await page.ClickButtonAsync("Try again");

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("tbody tr")));
    }

    [Fact]
    public async Task Export_asks_why_and_downloads_what_is_filtered()
    {
        await RecordAsync("thing.done", "thing", "1");
        var dialogs = Render<DialogHost>();
        var page = Show("/audit?action=thing.done");

        await page.InvokeAsync(() => page.FindAll("button").First(item => item.TextContent.StartsWith("NDJSON", StringComparison.Ordinal)).Click());
        dialogs.WaitForElement("textarea").Input("a review");
        dialogs.Find("form").Submit();

        Assert.Equal(["/dashboard/audit/export?action=thing.done&format=ndjson&reason=a%20review", "audit.ndjson"], await DownloadedAsync(page));
    }

    [Fact]
    public async Task Entry_shows_before_and_after_who_and_its_hashes()
    {
        await Log.RecordReadAsync(
            new AuditEntry(new Actor("bob", Roles.Administrator, "192.0.2.7", "s-7"), "client.changed", "client", "portal", "renamed", "{\"name\":\"Old\",\"type\":\"web\"}", "{\"name\":\"New\",\"type\":\"web\"}"),
            Stop);
        var record = (await Log.FindNewestAsync(Stop))!;

        var page = Entry($"{record.Number}");

        Assert.Equal("Client changed", page.Find("h1").TextContent);
        foreach (var text in new[] { "bob", "administrator", "192.0.2.7", "s-7", "renamed", "Unchanged, and follows the entry before it", Convert.ToHexStringLower(record.Hash)[..10] })
        {
            Assert.Contains(text, page.Markup, StringComparison.Ordinal);
        }

        Assert.Equal(
            ["name Old New Changed", "type web web Same"],
            page.FindAll(".card tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim()))));
        Assert.Equal(1, (await Log.ListAsync(new AuditFilter(Action: "audit.read"), null, 10, Stop)).Total);
    }

    [Fact]
    public async Task Entry_that_was_changed_says_so_and_one_that_is_gone_too()
    {
        await RecordAsync("thing.done", "thing", "1");
        await RecordAsync("thing.done", "thing", "2");
        var newest = (await Log.FindNewestAsync(Stop))!.Number;
        Core.Tamper($"DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted; UPDATE audit SET who = 'eve' WHERE number = {newest}; DELETE FROM audit WHERE number = {newest - 1};");

        Assert.Contains("This entry is not what was written here", Entry($"{newest}").Markup, StringComparison.Ordinal);
        Assert.Contains("somebody deleted it", Entry($"{newest - 1}").Markup, StringComparison.Ordinal);
        Assert.Contains("does not reach that far", Entry("999").Markup, StringComparison.Ordinal);
        Assert.Contains("There is no entry with this number", Entry("x").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_behind_one_that_was_deleted_is_not_said_to_be_another()
    {
        await RecordAsync("thing.done", "thing", "1");
        await RecordAsync("thing.done", "thing", "2");
        var newest = (await Log.FindNewestAsync(Stop))!.Number;
        Core.Tamper($"DROP TRIGGER audit_is_never_deleted; DELETE FROM audit WHERE number = {newest - 1};");

        var page = Entry($"{newest}");

        Assert.Contains("Before this entry one was deleted", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("is not what was written", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verification_runs_in_the_background_and_its_result_is_shown_to_everybody()
    {
        await RecordAsync("thing.done", "thing", "1");
        var page = Show("/audit");
        await page.ClickButtonAsync("Verify");
        page.WaitForAssertion(() => Assert.EndsWith(AuditAddress.Integrity, Navigation.Uri, StringComparison.Ordinal));
        await Core.Get<AuditVerifier>().Running.WaitAsync(Stop);

        var other = Show(AuditAddress.Integrity);

        other.WaitForAssertion(() => Assert.Equal("Intact", other.Find(".card-head .status").TextContent.Trim()));
        Assert.Contains("There was no checkpoint", other.Markup, StringComparison.Ordinal);
        Assert.Contains("alice", other.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_log_names_the_entry_and_leads_to_its_neighbours()
    {
        await RecordAsync("thing.done", "thing", "1");
        await RecordAsync("thing.done", "thing", "2");
        var broken = (await Log.FindNewestAsync(Stop))!.Number;
        Core.Tamper($"DROP TRIGGER audit_is_never_changed; UPDATE audit SET who = 'eve' WHERE number = {broken};");
        var page = Show(AuditAddress.Integrity);

        await page.InvokeAsync(() => page.FindAll("form").Single().Submit());

        page.WaitForAssertion(() => Assert.Equal("Broken", page.Find(".card-head .status").TextContent.Trim()));
        Assert.Contains($"entry {broken} is not", page.Markup, StringComparison.Ordinal);
        Assert.Equal(
            [$"/audit/{broken - 1}", $"/audit/{broken}", $"/audit/{broken + 1}"],
            page.FindAll(".card-body .row a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task What_is_no_checkpoint_verifies_nothing()
    {
        var toasts = Render<ToastHost>();
        var page = Show(AuditAddress.Integrity);

        await page.InvokeAsync(() => page.Find("#checkpoint").Input("1.2.3.4.5"));
        await page.InvokeAsync(() => page.FindAll("form").Single().Submit());

        toasts.WaitForAssertion(() => Assert.Contains("no checkpoint that a trusted key", toasts.Markup, StringComparison.Ordinal));
        Assert.Null(Core.Get<AuditVerifier>().Run);
    }

    [Fact]
    public async Task Checkpoint_is_taken_shown_and_downloaded()
    {
        var page = Show(AuditAddress.Integrity);
        Assert.Contains("No checkpoint was taken yet", page.Markup, StringComparison.Ordinal);

        await page.ClickButtonAsync("Take one now");

        page.WaitForAssertion(() => Assert.Equal("Trusted", page.Find("td .status").TextContent.Trim()));
        var taken = Assert.Single(await Core.Get<AuditCheckpoints>().ListAsync(null, 10, Stop));
        Assert.Equal("alice", taken.By);
        await page.InvokeAsync(() => page.Find("button[title=Download]").Click());
        Assert.Equal(
            [$"/dashboard/audit/checkpoints/{taken.Head.Number}", $"audit-checkpoint-{taken.Head.Number}.txt"],
            await DownloadedAsync(page));
    }

    [Fact]
    public async Task Whoever_lost_the_right_meanwhile_does_nothing_more()
    {
        var toasts = Render<ToastHost>();
        var page = Show(AuditAddress.Integrity);
        SignInAs(Roles.Support);

        await page.ClickButtonAsync("Take one now");

        toasts.WaitForAssertion(() => Assert.Contains("Your role does not allow this any more", toasts.Markup, StringComparison.Ordinal));
        Assert.Empty(await Core.Get<AuditCheckpoints>().ListAsync(null, 10, Stop));
    }

    [Fact]
    public async Task Leaving_the_pages_ends_what_they_listen_to()
    {
        Show("/audit");
        Show(AuditAddress.Integrity);
        Entry("1");

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.ReaderCount);
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<AuditPage> Show(string address)
    {
        Navigation.NavigateTo(address);
        return Render<AuditPage>().Loaded();
    }

    private IRenderedComponent<AuditEntryPage> Entry(string number) =>
        Render<AuditEntryPage>(parameters => parameters.Add(page => page.Number, number)).Loaded();

    // In the page's turn, which is when it calls.
    private async Task<IEnumerable<string?>> DownloadedAsync<TPage>(IRenderedComponent<TPage> page)
        where TPage : IComponent
    {
        await Eventually.TrueAsync(() => page.InvokeAsync(() => JSInterop.Invocations.Any(call => call.Identifier == "signet.download")));
        return JSInterop.Invocations.Single(call => call.Identifier == "signet.download").Arguments.Select(argument => argument as string);
    }

    private Task RecordAsync(string action, string kind, string id, string? reason = null) =>
        Log.RecordReadAsync(new AuditEntry(new Actor("bob", Roles.Administrator), action, kind, id, reason), Stop);
}
