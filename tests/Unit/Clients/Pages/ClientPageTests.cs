using Bunit;
using Dashboard.Clients;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients.Pages;

/// <summary>One client: what is said of it, its secrets, and what is done to it.</summary>
public sealed class ClientPageTests : ClientPageTest
{
    [Fact]
    public async Task Facts_and_rules_are_said_in_words()
    {
        var client = await AddAsync("Invoices", draft => draft with
        {
            GrantTypes = [GrantTypes.ClientCredentials],
            RedirectUris = [],
            AccessTokenLifetime = TimeSpan.FromMinutes(5),
            Resources = ["https://api.example.com"],
            Details = new ClientDetails { ClientUri = "https://app.example.com", Contacts = ["team@example.com"] },
        });

        var page = ShowOne(client.Id);

        string[] texts =
        [
            client.Id, "Unverified", "Secret in the Authorization header", "Client credentials", "files:read", "5 minutes",
            "https://api.example.com", "team@example.com", "https://app.example.com",
        ];
        Assert.All(texts, text => Assert.Contains(text, page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("a[href^='https://app.example.com']"));
    }

    [Fact]
    public void Unknown_client_leads_back_to_the_list() =>
        Assert.NotNull(ShowOne("nobody").Find(".empty a[href='/clients']"));

    [Fact]
    public async Task What_is_left_of_an_ended_client_explains_itself()
    {
        var client = await AddAsync("Invoices");
        await DeleteAsync(client);

        var page = ShowOne(client.Id);

        Assert.Contains("was deleted", page.Find(".callout").TextContent, StringComparison.Ordinal);
        Assert.Contains("cli:root", page.Find(".callout").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() is "More" or "Edit" or "Make a token");
    }

    [Fact]
    public async Task A_new_secret_is_shown_until_it_was_stored_and_stays_out_of_the_address()
    {
        var client = await AddAsync("Invoices");
        var dialogs = Render<DialogHost>();
        var page = ShowOne(client.Id);

        await ClickAsync(page, "For 90 days");
        Answer(dialogs, "rotation");

        var secret = page.WaitForElement("pre[aria-label='Client secret']").TextContent;
        Assert.Matches("^sgt_cs_[A-Za-z0-9_-]{43}$", secret);
        Assert.DoesNotContain(secret, Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(2, (await FindAsync(client.Id))!.Secrets.Count);
        await ClickAsync(page, "I have stored it");
        Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_secret_is_deleted_only_by_whoever_means_it()
    {
        var client = await AddAsync("Invoices");
        var dialogs = Render<DialogHost>();
        var page = ShowOne(client.Id);

        await ClickAsync(page, "Delete");
        Answer(dialogs, "leaked");
        dialogs.WaitForAssertion(() => Assert.Contains("It is the last one", dialogs.Markup, StringComparison.Ordinal));
        Assert.Single((await FindAsync(client.Id))!.Secrets);
        Answer(dialogs, "leaked for sure", "DELETE");

        page.WaitForAssertion(() => Assert.Contains("No secret", page.Markup, StringComparison.Ordinal));
        Assert.Empty((await FindAsync(client.Id))!.Secrets);
    }

    [Fact]
    public async Task A_secret_that_nobody_used_for_a_week_is_pointed_out()
    {
        var client = await AddAsync("Invoices");
        Core.Clock.Advance(TimeSpan.FromDays(6));
        Assert.DoesNotContain("unused for 7 days", ShowOne(client.Id).Markup, StringComparison.Ordinal);

        Core.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Contains("unused for 7 days", ShowOne(client.Id).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_says_what_goes_with_it_first()
    {
        var client = await AddAsync("Invoices");
        await Core.IssueAsync(TokenBuilder.Request() with { Client = client.Id });
        var dialogs = Render<DialogHost>();
        var page = ShowOne(client.Id);

        await ClickAsync(page, "Delete…");
        dialogs.WaitForAssertion(() => Assert.Contains("1 live token of 1 subject is revoked", dialogs.Markup, StringComparison.Ordinal));
        Assert.Contains("Callers that ask Signet are refused at once", dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("APIs that validate offline could accept copies until", dialogs.Markup, StringComparison.Ordinal);
        Answer(dialogs, "of the old system");

        page.WaitForAssertion(() => Assert.Contains("This client has ended", page.Markup, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Approve", "Active")]
    [InlineData("Reject", "Ended")]
    public async Task One_that_waits_is_approved_or_rejected_from_its_page(string button, string status)
    {
        await Core.AddAsync(ClientBuilder.SelfRegistered("waits") with { Name = "S1gnet", State = ClientState.Pending });
        var dialogs = Render<DialogHost>();
        var page = ShowOne("waits");
        Assert.Contains("Name like Signet", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Self-registered", page.Find(".facts").TextContent, StringComparison.Ordinal);

        await ClickAsync(page, button);
        Answer(dialogs, "looked at it");

        page.WaitForAssertion(() => Assert.Contains(status, page.Find(".facts .status").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_changed_itself_behind_the_dialog_is_not_approved()
    {
        await Core.AddAsync(ClientBuilder.SelfRegistered("waits") with { State = ClientState.Pending });
        var dialogs = Render<DialogHost>();
        var toasts = Render<ToastHost>();
        var page = ShowOne("waits");

        await ClickAsync(page, "Approve");
        dialogs.WaitForElement("textarea");
        Assert.True(await Core.Get<IClientStore>().ReplaceAsync(
            (await Core.StoredAsync("waits")) with { RedirectUris = ["https://evil.example/cb"] },
            new AuditEntry(Actor.OfClient("waits", null), "client.changed", "client", "waits"),
            Stop));
        Answer(dialogs, "looked at it");

        toasts.WaitForAssertion(() => Assert.Contains("Somebody else changed this client", toasts.Markup, StringComparison.Ordinal));
        Assert.Equal(ClientState.Pending, (await Core.StoredAsync("waits")).State);
    }

    [Fact]
    public async Task It_is_renewed_and_vouched_for_from_its_menu()
    {
        var client = await AddAsync("Invoices");
        var dialogs = Render<DialogHost>();
        var page = ShowOne(client.Id);

        await ClickAsync(page, "Renew for 90 days");
        Answer(dialogs, "needed");
        page.WaitForAssertion(() => Assert.Contains("Apr 2030", page.Find(".facts").TextContent, StringComparison.Ordinal));
        await ClickAsync(page, "Mark as verified");
        Answer(dialogs, "known");

        page.WaitForAssertion(() => Assert.Contains("An administrator vouches for it", page.Markup, StringComparison.Ordinal));
        var changed = (await FindAsync(client.Id))!;
        Assert.Equal((true, Core.Clock.GetUtcNow().AddDays(90)), (changed.IsVerified, changed.ExpiresAt));
    }

    [Fact]
    public async Task When_it_was_last_used_is_read_anew()
    {
        var client = await AddAsync("Invoices", draft => draft with { Lifetime = TimeSpan.FromDays(90) });
        Assert.Contains("Never", ShowOne(client.Id).Find(".facts").TextContent, StringComparison.Ordinal);
        Core.Get<ClientUses>().Record(client.Id, client.Secrets[0].Id);
        await Core.Get<ClientUses>().WriteAsync(Stop);

        Assert.DoesNotContain("Never", ShowOne(client.Id).Find(".facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Being_enabled_again_shows_by_itself()
    {
        var client = await AddAsync("Invoices");
        await SetEnabledAsync(client, false);
        var page = ShowOne(client.Id);
        Assert.Contains("It is disabled", page.Markup, StringComparison.Ordinal);

        await SetEnabledAsync(client, true);

        page.WaitForAssertion(() => Assert.DoesNotContain("It is disabled", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registration_token_is_shown_once()
    {
        var client = await AddAsync("Invoices");
        var dialogs = Render<DialogHost>();
        var page = ShowOne(client.Id);

        await ClickAsync(page, "Make a token");
        Answer(dialogs, "it changes itself");

        Assert.StartsWith("sgt_rat_", page.WaitForElement("pre[aria-label='Registration token']").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("Replace the token", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_refusals_and_no_others_are_listed()
    {
        var client = await AddAsync("Invoices");
        await Core.Get<IEventStore>().AppendAsync([RefusalOf(client.Id, "TOKEN_EXPIRED"), RefusalOf("another", "TOKEN_REVOKED")], Stop);

        var page = ShowOne(client.Id);

        page.WaitForAssertion(() => Assert.Equal(["TOKEN_EXPIRED"], page.FindAll("li code").Select(code => code.TextContent)));
        Assert.NotNull(page.Find("a[href='/failures/req_1']"));
    }

    [Fact]
    public async Task Support_sees_neither_buttons_nor_the_audit_log()
    {
        var client = await AddAsync("Invoices");
        SignInAs(Roles.Support);

        var page = ShowOne(client.Id);

        Assert.DoesNotContain("Latest changes", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(
            page.FindAll("button"), button => button.TextContent.Trim() is "More" or "Delete" or "Add secret" or "Make a token");
    }

    [Fact]
    public async Task Leaving_ends_its_subscriptions()
    {
        var client = await AddAsync("Invoices");
        var before = Feed.ReaderCount;
        ShowOne(client.Id);

        await DisposeComponentsAsync();

        Assert.Equal(before, Feed.ReaderCount);
    }

    private SecurityEvent RefusalOf(string client, string code) => new()
    {
        At = Core.Clock.GetUtcNow(),
        Kind = EventKinds.TokenRefused,
        Outcome = EventOutcome.Refused,
        Code = code,
        Client = client,
        Origin = RequestOrigin.None with { RequestId = "req_1" },
    };

    private IRenderedComponent<ClientPage> ShowOne(string id)
    {
        var page = Render<ClientPage>(parameters => parameters.Add(item => item.Id, id));
        page.WaitForElement(".facts, .empty");
        return page;
    }
}
