using Bunit;
using Dashboard.Clients;
using Dashboard.Controls;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;

namespace Dashboard.Tests.Unit.Clients.Pages;

/// <summary>Registering a client by hand, and changing one.</summary>
public sealed class ClientFormTests : ClientPageTest
{
    [Fact]
    public async Task What_is_wrong_is_named_at_its_field_and_nothing_is_asked()
    {
        var dialogs = Render<DialogHost>();
        var page = Render<NewClientPage>();
        page.Find("#redirect_uris").Input("https://app.example.com/callback\nhttp://app.example.com/callback");

        await page.InvokeAsync(() => page.Find("form").Submit());

        Assert.NotNull(page.Find("#client_name-error"));
        Assert.StartsWith("Line 2 must use https", page.Find("#redirect_uris-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("#redirect_uris").GetAttribute("aria-invalid"));
        Assert.Empty(dialogs.FindAll("form"));
        page.Find("#client_name").Input("Invoices");
        Assert.Empty(page.FindAll("#client_name-error"));
    }

    [Fact]
    public async Task A_new_client_gets_a_secret_that_is_shown_once()
    {
        var dialogs = Render<DialogHost>();
        var page = Render<NewClientPage>();
        page.Find("#client_name").Input(" Invoices ");
        page.Find("#redirect_uris").Input("https://app.example.com/callback\n\nhttps://app.example.com/other");
        page.Find("#scope").Input("files:read, files:write");
        page.Find("#lifetime").Change("7776000");

        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "nightly invoices");

        var secret = page.WaitForElement("pre[aria-label='Client secret']").TextContent;
        var id = page.Find("a[href^='/clients/client_']").GetAttribute("href")!.Split('/')[^1];
        var client = (await FindAsync(id))!;
        Assert.Equal(("Invoices", 2, 2), (client.Name, client.RedirectUris.Count, client.Scopes.Count));
        Assert.Equal(TimeSpan.FromDays(90), client.ExpiresAt - client.CreatedAt);
        await ClickAsync(page, "Register another");
        Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal);
        Assert.Equal("", page.Find("#client_name").GetAttribute("value"));
    }

    [Fact]
    public async Task Refresh_tokens_come_with_codes_alone()
    {
        var page = Render<NewClientPage>();

        await page.InvokeAsync(() => page.Find("#grant-authorization_code").Change(false));
        Assert.False(page.Find("#grant-refresh_token").HasAttribute("checked"));
        Assert.Empty(page.FindAll("#redirect_uris"));
        await page.InvokeAsync(() => page.Find("#grant-refresh_token").Change(true));

        Assert.True(page.Find("#grant-authorization_code").HasAttribute("checked"));
    }

    [Fact]
    public async Task A_change_is_saved_with_a_reason_and_leads_back()
    {
        var client = await AddAsync("Invoices");
        var dialogs = Render<DialogHost>();
        var page = ShowEdit(client);
        Assert.Equal("Invoices", page.Find("#client_name").GetAttribute("value"));
        page.Find("#client_name").Input("Bills");

        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "a better name");

        page.WaitForAssertion(() => Assert.EndsWith($"/clients/{client.Id}", Navigation.Uri, StringComparison.Ordinal));
        var changed = (await FindAsync(client.Id))!;
        Assert.Equal("Bills", changed.Name);
        Assert.Equal(client.RedirectUris, changed.RedirectUris);
    }

    [Fact]
    public async Task Whoever_was_slower_is_told_and_keeps_what_was_typed()
    {
        var client = await AddAsync("Invoices");
        var dialogs = Render<DialogHost>();
        var page = ShowEdit(client);
        page.Find("#client_name").Input("Mine");
        await Administration.VerifyAsync(client.Id, client.Version, "faster", Actor.OfCommand("root"), Stop);

        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "a better name");
        page.WaitForAssertion(() => Assert.Contains("Somebody else changed this client", page.Markup, StringComparison.Ordinal));
        Assert.Equal("Mine", page.Find("#client_name").GetAttribute("value"));
        await ClickAsync(page, "Show theirs");

        Assert.Equal("Invoices", page.Find("#client_name").GetAttribute("value"));
        Assert.Empty(page.FindAll("button[type=submit][disabled]"));
    }

    [Fact]
    public async Task Whoever_keeps_theirs_saves_it_over_what_they_were_shown()
    {
        var client = await AddAsync("Invoices");
        var dialogs = Render<DialogHost>();
        var page = ShowEdit(client);
        page.Find("#client_name").Input("Mine");
        await Administration.VerifyAsync(client.Id, client.Version, "faster", Actor.OfCommand("root"), Stop);
        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "a better name");

        page.WaitForAssertion(() => Assert.Contains("Somebody else changed this client", page.Markup, StringComparison.Ordinal));
        await ClickAsync(page, "Keep mine");
        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "a better name");

        page.WaitForAssertion(() => Assert.EndsWith($"/clients/{client.Id}", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(("Mine", false), ((await FindAsync(client.Id))!.Name, (await FindAsync(client.Id))!.IsVerified));
    }

    [Fact]
    public async Task Turning_public_says_that_the_secrets_are_deleted()
    {
        var client = await AddAsync("Invoices");
        var dialogs = Render<DialogHost>();
        var page = ShowEdit(client);
        Assert.Contains("so do its secrets", page.Markup, StringComparison.Ordinal);
        page.Find("#token_endpoint_auth_method").Change("none");
        page.WaitForAssertion(() => Assert.Contains("its secrets are deleted", page.Markup, StringComparison.Ordinal));

        await page.InvokeAsync(() => page.Find("form").Submit());
        dialogs.WaitForAssertion(() => Assert.Contains("Its secret is deleted", dialogs.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Its id, secrets and tokens", dialogs.Markup, StringComparison.Ordinal);
        Assert.NotNull(dialogs.Find("button.danger"));
        Answer(dialogs, "it runs in browsers now");

        page.WaitForAssertion(() => Assert.EndsWith($"/clients/{client.Id}", Navigation.Uri, StringComparison.Ordinal));
        Assert.Empty((await FindAsync(client.Id))!.Secrets);
    }

    [Fact]
    public async Task A_client_that_begins_to_use_a_secret_gets_one()
    {
        var client = await AddAsync("Invoices", draft => draft with { AuthMethod = ClientAuthMethod.None });
        var dialogs = Render<DialogHost>();
        var page = ShowEdit(client);
        page.Find("#token_endpoint_auth_method").Change("client_secret_post");

        await page.InvokeAsync(() => page.Find("form").Submit());
        Answer(dialogs, "moved to a server");

        Assert.StartsWith("sgt_cs_", page.WaitForElement("pre[aria-label='Client secret']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ended_client_is_not_changed_any_more()
    {
        var client = await AddAsync("Invoices");
        await DeleteAsync(client);

        Assert.NotNull(ShowEdit(client).Find(".empty a[href='/clients']"));
    }

    private IRenderedComponent<EditClientPage> ShowEdit(Client client)
    {
        var page = Render<EditClientPage>(parameters => parameters.Add(item => item.Id, client.Id));
        page.WaitForElement("form, .empty");
        return page;
    }
}
