using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Webhooks;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Webhooks;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Webhooks.Pages;

/// <summary>The pages of webhooks. Nobody is called: their address is refused before a connection is made.</summary>
public sealed class WebhookPagesTests : PageTest
{
    private const string Url = "https://localhost/hook?key=query-secret";

    public WebhookPagesTests()
    {
        Services.AddWebhookPages();
        Services.AddSingleton(_ => Core.Get<WebhookAdministration>());
        Services.AddSingleton(_ => Core.Get<WebhookDeliveries>());
    }

    private WebhookAdministration Webhooks => Core.Get<WebhookAdministration>();

    [Fact]
    public void Empty_list_says_what_to_do_next()
    {
        var page = Show<WebhooksPage>("/webhooks");

        Assert.Contains("No webhook yet", page.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("a[href='/webhooks/new']"));
    }

    [Fact]
    public async Task List_shows_state_last_message_and_failures()
    {
        var webhook = await CreateAsync("<b>Chat</b>");
        await TestAsync(webhook);
        var page = Show<WebhooksPage>("/webhooks");

        Assert.Equal("Enabled", page.Find("td.state .status").TextContent.Trim());
        Assert.Contains("Given up", page.Find("td.last").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 of the last 1", page.Find("td.failing").TextContent, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Chat", page.Find("th.who").InnerHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("query-secret", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("a[href^='https']"));
    }

    [Fact]
    public async Task Webhook_is_made_and_its_secret_shown_once()
    {
        var dialogs = Render<DialogHost>();
        var page = Show<NewWebhookPage>("/webhooks/new");
        Assert.Contains("refresh.replay", page.Find("#kinds-hint").TextContent, StringComparison.Ordinal);
        page.Find("#name").Input("Pager");
        page.Find("#url").Input("http://example.com/");
        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "on call");
        page.WaitForAssertion(() => Assert.Contains("must be an https address", page.Find("#url-error").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#may_be_private"));

        page.Find("#url").Input(Url);
        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "on call");

        page.WaitForAssertion(() => Assert.Contains("whsec_", page.Markup, StringComparison.Ordinal));
        var made = Assert.Single(await Webhooks.ListAsync(Stop));
        Assert.Equal(("Pager", Url), (made.Name, made.Url));
        Assert.NotEmpty(page.FindAll($"a[href='/webhooks/{made.Id}']"));
    }

    [Fact]
    public async Task Webhook_is_changed_rotated_and_deleted()
    {
        var webhook = await CreateAsync("Chat");
        var dialogs = Render<DialogHost>();
        var page = ShowOne(webhook.Id);

        await page.ClickButtonAsync("Edit");
        page.Find("#name").Input("Pager");
        page.Find("#enabled").Change(false);
        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "quiet");
        page.WaitForAssertion(() => Assert.Equal("Disabled", page.Find(".pairs .status").TextContent.Trim()));
        Assert.Equal(("Pager", false), ((await FindAsync(webhook)).Name, (await FindAsync(webhook)).IsEnabled));

        await page.ClickButtonAsync("Rotate secret");
        Answer(dialogs, "yearly");
        page.WaitForAssertion(() => Assert.Contains("The new signing secret", page.Markup, StringComparison.Ordinal));
        await page.ClickButtonAsync("I have passed it on");
        Assert.DoesNotContain("The new signing secret", page.Markup, StringComparison.Ordinal);
        Assert.NotNull((await FindAsync(webhook)).PreviousSecret);

        await page.ClickButtonAsync("Delete");
        Answer(dialogs, "done with");
        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.EndsWith("/webhooks", navigation.Uri, StringComparison.Ordinal));
        Assert.Empty(await Webhooks.ListAsync(Stop));
    }

    [Fact]
    public async Task Change_that_somebody_else_made_meanwhile_is_not_lost()
    {
        var webhook = await CreateAsync("Chat");
        var dialogs = Render<DialogHost>();
        var page = ShowOne(webhook.Id);
        await page.ClickButtonAsync("Edit");
        page.Find("#name").Input("Mine");
        var theirs = new WebhookDraft("Theirs", Url, WebhookSeverity.Information, [], true, false);
        await page.InvokeAsync(() => Webhooks.ChangeAsync(webhook.Id, theirs, null, "first", Actor.Signet, Stop));
        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "second");

        page.WaitForAssertion(() => Assert.Contains("Somebody else changed this webhook", page.Markup, StringComparison.Ordinal));
        Assert.Equal("Theirs", (await FindAsync(webhook)).Name);
    }

    [Fact]
    public async Task Test_shows_its_outcome_and_what_was_sent_is_sent_again()
    {
        var webhook = await CreateAsync("Chat");
        var dialogs = Render<DialogHost>();
        var page = ShowOne(webhook.Id);
        Assert.Contains("Nothing was sent to it yet", page.Markup, StringComparison.Ordinal);

        await page.ClickButtonAsync("Send test");
        dialogs.WaitForElement("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("The test message did not arrive.", page.Markup, StringComparison.Ordinal));
        Assert.Contains("public address", page.Markup, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("Given up", page.Find("summary .status").TextContent.Trim()));

        await page.ClickButtonAsync("Send again");
        dialogs.WaitForElement("form").Submit();
        page.WaitForAssertion(() => Assert.NotEqual("Given up", page.Find("summary .status").TextContent.Trim()));
        Assert.Equal(WebhookDeliveryState.Waiting, (await Core.Get<WebhookDeliveries>().ListAsync(webhook.Id, null, 1, Stop)).Items[0].State);
    }

    [Fact]
    public async Task Messages_are_read_page_by_page_and_come_live()
    {
        var webhook = await CreateAsync("Chat");
        await EnqueueAsync(26);
        var page = ShowOne(webhook.Id);
        Assert.Equal(25, page.FindAll("li details").Count);

        await page.ClickButtonAsync("Next");
        var navigation = Services.GetRequiredService<NavigationManager>();
        Assert.Contains("cursor=", navigation.Uri, StringComparison.Ordinal);
        var second = ShowOne(webhook.Id, navigation.Uri);
        Assert.Single(second.FindAll("li details"));

        var first = ShowOne(webhook.Id);
        await EnqueueAsync(1, "late");
        first.WaitForAssertion(() => Assert.Contains("of 27", first.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reviewer_sees_no_button_and_not_the_whole_address()
    {
        var webhook = await CreateAsync("Chat");
        await TestAsync(webhook);
        SignInAs(Roles.Reviewer);
        var page = ShowOne(webhook.Id);

        Assert.DoesNotContain("query-secret", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(
            page.FindAll("button"),
            button => button.TextContent.Trim() is "Send test" or "Edit" or "Rotate secret" or "Delete" or "Send again");
        Assert.Empty(Show<WebhooksPage>("/webhooks").FindAll("a[href='/webhooks/new']"));
    }

    [Fact]
    public async Task Palette_finds_a_webhook_by_its_name_for_those_who_may_see_it()
    {
        var webhook = await CreateAsync("Chat");

        Assert.Equal($"/webhooks/{webhook.Id}", Assert.Single(await FindAsync("cha")).Href);
        Assert.Empty(await FindAsync("hat"));
        SignInAs(Roles.Support);
        Assert.Empty(await FindAsync("cha"));

        Task<IReadOnlyList<PaletteItem>> FindAsync(string text) =>
            Services.GetServices<IPaletteSource>().OfType<WebhookPaletteSource>().Single().FindAsync(text, Stop);
    }

    [Fact]
    public void Unknown_webhook_is_said_to_be_none() =>
        Assert.Contains("No webhook with this id", ShowOne("wh_\u202enone").Markup, StringComparison.Ordinal);

    [Fact]
    public async Task Store_that_cannot_be_read_is_said_to_be()
    {
        var webhook = await CreateAsync("Chat");
        await Core.SpoilAsync("webhooks", keys => keys.Webhooks);

        Assert.Contains("The store cannot be read now", Show<WebhooksPage>("/webhooks").Markup, StringComparison.Ordinal);
        Assert.Contains("The store cannot be read now", ShowOne(webhook.Id).Markup, StringComparison.Ordinal);
    }

    private async Task<Webhook> CreateAsync(string name) => Assert.IsType<WebhookChange.Changed>(await Webhooks.CreateAsync(
        new WebhookDraft(name, Url, WebhookSeverity.Information, [], true, false), "a test", Actor.Signet, Stop)).Webhook;

    private async Task<Webhook> FindAsync(Webhook webhook) => (await Webhooks.FindAsync(webhook.Id, Stop))!;

    private Task<WebhookResend> TestAsync(Webhook webhook) => Core.Get<WebhookDeliveries>().TestAsync(webhook.Id, Actor.Signet, Stop);

    private async Task EnqueueAsync(int count, string name = "msg")
    {
        for (var number = 0; number < count; number++)
        {
            Core.Clock.Advance(TimeSpan.FromSeconds(1));
            await Core.Get<WebhookOutbox>().EnqueueAsync(WebhookBuilder.Message($"{name}_{number}"), Stop);
        }
    }

    private IRenderedComponent<TPage> Show<TPage>(string address)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TPage>().Loaded();
    }

    private IRenderedComponent<WebhookPage> ShowOne(string id, string? address = null)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address ?? WebhooksAddress.OfWebhook(id));
        return Render<WebhookPage>(parameters => parameters.Add(shown => shown.Id, id)).Loaded();
    }

    private static void Answer(IRenderedComponent<DialogHost> dialogs, string reason)
    {
        dialogs.WaitForElement("textarea").Input(reason);
        dialogs.Find("form").Submit();
    }
}
