using Bunit;
using Dashboard.Clients;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Infrastructure;

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
        Assert.Contains("2 selected", page.Markup, StringComparison.Ordinal);

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
