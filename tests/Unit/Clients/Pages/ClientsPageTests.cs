using Bunit;
using Dashboard.Clients;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Clients.Pages;

/// <summary>The list, its filters in the address, and what is done to several at once.</summary>
public sealed class ClientsPageTests : ClientPageTest
{
    [Fact]
    public void Nobody_registered_yet_says_what_to_do_next() =>
        Assert.NotNull(Show<ClientsPage>("/clients").Find(".empty a[href='/clients/new']"));

    [Fact]
    public async Task Every_client_is_listed_with_type_trust_owner_tokens_and_expiry()
    {
        var client = await AddAsync("Invoices", draft => draft with { IsVerified = true, Lifetime = TimeSpan.FromDays(90) });
        await Core.IssueAsync(TokenBuilder.Request() with { Client = client.Id });

        var page = Show<ClientsPage>("/clients");

        page.WaitForAssertion(() => Assert.Equal("1", page.Find("td.c-tokens").TextContent.Trim()));
        Assert.Equal(
            ["Invoices", "Active", "Confidential", "Verified", "cli:root", "never"],
            ((string[])["name", "status", "type", "trust", "owner", "used"]).Select(column => page.Find($"td.c-{column}").TextContent.Trim()));
        Assert.Contains("in 2 months", page.Find("td.c-expires").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/clients", "Notes,Invoices")]
    [InlineData("/clients?q=inv", "Invoices")]
    [InlineData("/clients?type=public", "Notes")]
    [InlineData("/clients?type=confidential&q=notes", "")]
    [InlineData("/clients?status=ended", "Gone")]
    [InlineData("/clients?status=disabled", "")]
    [InlineData("/clients?origin=self_registered", "")]
    [InlineData("/clients?status=nonsense", "Notes,Invoices")]
    public async Task Address_decides_who_is_listed(string address, string names)
    {
        await DeleteAsync(await AddAsync("Gone"));
        Core.Clock.Advance(TimeSpan.FromSeconds(1));
        await AddAsync("Invoices");
        Core.Clock.Advance(TimeSpan.FromSeconds(1));
        await AddAsync("Notes", draft => draft with { AuthMethod = ClientAuthMethod.None });

        Assert.Equal(names, string.Join(',', Names(Show<ClientsPage>(address))));
    }

    [Fact]
    public void What_the_address_gets_wrong_is_said() => Assert.Contains(
        "must be one of active, pending, disabled, expired, ended",
        Show<ClientsPage>("/clients?status=nonsense").Markup,
        StringComparison.Ordinal);

    [Fact]
    public async Task Names_are_data_and_lead_to_their_client()
    {
        var client = await AddAsync("<b>Notes</b>");

        var link = Show<ClientsPage>("/clients").Find("td.c-name a");

        Assert.Equal($"/clients/{client.Id}", link.GetAttribute("href"));
        Assert.Equal("<b>Notes</b>", link.TextContent);
    }

    [Fact]
    public async Task List_follows_changes_by_itself()
    {
        await AddAsync("Invoices");
        var page = Show<ClientsPage>("/clients");
        Core.Clock.Advance(TimeSpan.FromSeconds(1));

        await AddAsync("Notes");

        page.WaitForAssertion(() => Assert.Equal(["Notes", "Invoices"], Names(page)));
    }

    [Fact]
    public async Task Whoever_may_only_look_is_offered_nothing()
    {
        await AddAsync("Invoices");
        SignInAs(Roles.Support);

        var page = Show<ClientsPage>("/clients");

        Assert.Equal(["Invoices"], Names(page));
        Assert.Empty(page.FindAll("a[href='/clients/new'], input[type=checkbox], td.c-acts"));
    }

    [Fact]
    public async Task A_row_is_disabled_from_its_menu_with_a_reason()
    {
        var client = await AddAsync("Invoices");
        var dialogs = Render<DialogHost>();
        var page = Show<ClientsPage>("/clients");

        await ClickAsync(page, "Disable");
        Answer(dialogs, "leaked its secret");

        page.WaitForAssertion(() => Assert.Equal("Disabled", page.Find("td.c-status").TextContent.Trim()));
        Assert.Equal(ClientState.Disabled, (await FindAsync(client.Id))!.State);
    }

    [Fact]
    public async Task Several_are_deleted_at_once_and_the_selection_is_empty_then()
    {
        var clients = new[] { await AddAsync("Invoices"), await AddAsync("Notes") };
        var dialogs = Render<DialogHost>();
        var page = Show<ClientsPage>("/clients");
        page.Find("input[aria-label='Select every client on this page']").Change(true);
        page.WaitForAssertion(() => Assert.Contains("2 selected", page.Markup, StringComparison.Ordinal));

        await page.InvokeAsync(() => page.FindAll(".bar button").First(button => button.TextContent.Trim() == "Delete…").Click());
        dialogs.WaitForAssertion(() => Assert.Contains("2 clients", dialogs.Markup, StringComparison.Ordinal));
        Answer(dialogs, "of the old system");

        page.WaitForAssertion(() => Assert.Contains("No clients yet", page.Markup, StringComparison.Ordinal));
        foreach (var client in clients)
        {
            Assert.Equal(ClientEndReason.Deleted, (await FindAsync(client.Id))!.Ended!.Reason);
        }
    }

    [Fact]
    public async Task Many_at_once_want_a_word_typed()
    {
        for (var number = 0; number < 11; number++)
        {
            await AddAsync($"Client {number}");
        }

        var dialogs = Render<DialogHost>();
        var page = Show<ClientsPage>("/clients");
        page.Find("input[aria-label='Select every client on this page']").Change(true);

        await page.InvokeAsync(() => page.FindAll(".bar button").First(button => button.TextContent.Trim() == "Disable…").Click());

        Assert.Contains("DISABLE", dialogs.WaitForElement("label[for=typed-word]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_are_renewed_at_once()
    {
        var clients = new[] { await AddAsync("Invoices"), await AddAsync("Notes") };
        var (dialogs, toasts) = (Render<DialogHost>(), Render<ToastHost>());
        var page = Show<ClientsPage>("/clients");
        page.Find("input[aria-label='Select every client on this page']").Change(true);

        await page.InvokeAsync(() => page.FindAll(".bar button").First(button => button.TextContent.Trim() == "For 90 days").Click());
        Answer(dialogs, "another quarter");

        toasts.WaitForAssertion(() => Assert.Contains("2 clients renewed.", toasts.Markup, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".bar")));
        foreach (var client in clients)
        {
            Assert.Equal(Core.Clock.GetUtcNow().AddDays(90), (await FindAsync(client.Id))!.ExpiresAt);
        }
    }

    [Fact]
    public async Task What_is_done_to_several_goes_on_when_the_page_is_left()
    {
        var clients = new[] { await AddAsync("Invoices"), await AddAsync("Notes") };
        var (dialogs, toasts) = (Render<DialogHost>(), Render<ToastHost>());
        var page = Show<ClientsPage>("/clients");
        page.Find("input[aria-label='Select every client on this page']").Change(true);
        await page.InvokeAsync(() => page.FindAll(".bar button").First(button => button.TextContent.Trim() == "Disable…").Click());
        dialogs.WaitForElement("textarea");

        page.Instance.Dispose();
        Answer(dialogs, "leaked");

        toasts.WaitForAssertion(() => Assert.Contains("2 clients disabled.", toasts.Markup, StringComparison.Ordinal));
        foreach (var client in clients)
        {
            Assert.Equal(ClientState.Disabled, (await FindAsync(client.Id))!.State);
        }
    }

    [Fact]
    public async Task Stopping_and_a_store_that_fails_name_counts_and_say_who_is_left()
    {
        var clients = new[] { await AddAsync("Invoices"), await AddAsync("Notes"), await AddAsync("Bills") };
        var (dialogs, toasts) = (Render<DialogHost>(), Render<ToastHost>());
        var acts = Services.GetRequiredService<ClientActs>();
        using var stop = new CancellationTokenSource();

        var stopping = dialogs.InvokeAsync(() => acts.DoAllAsync(clients, new ClientAct.Disable(), _ => stop.Cancel(), stop.Token));
        Answer(dialogs, "leaked");
        Assert.Equal([clients[0]], await stopping);
        Assert.Contains("Stopped: 1 client disabled, 2 left as they were.", toasts.Markup, StringComparison.Ordinal);

        await Core.SpoilAsync("clients", keys => keys.Client(clients[1].Id));
        var failing = dialogs.InvokeAsync(() => acts.DoAllAsync([.. clients.Skip(1)], new ClientAct.Disable(), _ => { }, Stop));
        Answer(dialogs, "leaked");
        Assert.Empty(await failing);
        Assert.Contains("0 clients disabled, 2 left as they were.", toasts.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_are_exported_by_reason_and_the_address_says_which()
    {
        await AddAsync("Invoices");
        var dialogs = Render<DialogHost>();
        var page = Show<ClientsPage>("/clients?type=confidential");

        await page.InvokeAsync(() => page.FindAll("button").First(button => button.TextContent.StartsWith("NDJSON", StringComparison.Ordinal)).Click());
        dialogs.WaitForAssertion(() => Assert.Contains("1 client as NDJSON", dialogs.Markup, StringComparison.Ordinal));
        Answer(dialogs, "a review");

        // In the page's turn, which is when it calls.
        await Eventually.TrueAsync(() => page.InvokeAsync(() => JSInterop.Invocations.Any(call => call.Identifier == "signet.download")));
        Assert.Equal(
            ["/dashboard/clients/export?type=confidential&format=ndjson&reason=a%20review", "clients.ndjson"],
            JSInterop.Invocations.Single(call => call.Identifier == "signet.download").Arguments.Select(argument => argument as string));
    }

    [Fact]
    public async Task Those_that_registered_themselves_and_those_that_look_like_ours_are_marked()
    {
        await Core.AddAsync(ClientBuilder.SelfRegistered("sly") with { Name = "S1gnet" });
        SignInAs(Roles.Support);

        var page = Show<ClientsPage>("/clients");

        Assert.Contains("Self-registered", page.Find("td.c-type .status").TextContent, StringComparison.Ordinal);
        Assert.Contains("Name like Signet", page.Find("td.c-name .status").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("a[href='/clients/registration']"));
    }

    [Fact]
    public async Task Leaving_ends_its_subscriptions()
    {
        await AddAsync("Invoices");
        var before = Feed.ReaderCount;
        Show<ClientsPage>("/clients");

        await DisposeComponentsAsync();

        Assert.Equal(before, Feed.ReaderCount);
    }

    private static IEnumerable<string> Names(IRenderedComponent<ClientsPage> page) =>
        page.FindAll("td.c-name a").Select(link => link.TextContent);
}
