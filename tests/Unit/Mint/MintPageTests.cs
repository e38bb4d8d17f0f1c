using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Mint;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Mint;

public sealed class MintPageTests : PageContext
{
    [Fact]
    public void Nothing_is_said_of_a_form_that_nobody_touched() =>
        Assert.Empty(Render<MintPage>().FindAll("[aria-invalid], .error"));

    [Fact]
    public void Kind_is_shown_as_the_only_one_there_is()
    {
        var kind = Render<MintPage>().Find("#kind");

        Assert.Equal("minted (at+jwt)", kind.GetAttribute("value"));
        Assert.True(kind.HasAttribute("readonly"));
    }

    [Fact]
    public void Empty_subject_is_named_at_its_field()
    {
        var page = Render<MintPage>();

        page.Find("form").Submit();

        Assert.Equal("true", page.Find("#subject").GetAttribute("aria-invalid"));
        Assert.Contains("must not be empty", page.Find("#subject-error").TextContent, StringComparison.Ordinal);
        Assert.Null(page.Find("#scopes").GetAttribute("aria-invalid"));
    }

    [Theory]
    [InlineData("#claims", "{\"a\":", "claims-error")]
    [InlineData("#claims", "[1]", "claims-error")]
    [InlineData("#claims", "{\"iss\":\"me\"}", "claims-error")]
    [InlineData("#subject", "operator:admin", "subject-error")]
    [InlineData("#scopes", "a\"b", "scopes-error")]
    public void Fault_shows_while_it_is_typed(string field, string text, string error)
    {
        var page = Render<MintPage>();
        page.Find("#subject").Input("alice");

        page.Find(field).Input(text);

        Assert.NotEmpty(page.Find($"#{error}").TextContent);
        Assert.DoesNotContain("\"sub\"", page.Find("aside").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Claims_are_shown_before_anything_is_signed()
    {
        var page = Render<MintPage>();

        page.Find("#subject").Input("alice");
        page.Find("#claims").Input("{\"tenant\":\"acme\"}");

        var preview = page.Find("aside").TextContent;
        Assert.Contains("\"sub\": \"alice\"", preview, StringComparison.Ordinal);
        Assert.Contains("\"tenant\": \"acme\"", preview, StringComparison.Ordinal);
        Assert.Contains("\"typ\": \"at+jwt\"", preview, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_is_shown_once_and_stands_in_the_ledger()
    {
        var page = Render<MintPage>();
        page.Find("#subject").Input("alice");
        Submit(page, "for the demo");

        var token = page.WaitForElement("pre[aria-label=Token]").TextContent;
        Assert.Equal(3, token.Split('.').Length);
        Assert.Contains($"\"token\":\"{token}\"", page.Markup.Replace("&quot;", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(token, Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        var tokenId = page.Find("a[href^='/tokens/']").GetAttribute("href")!["/tokens/".Length..];
        Assert.Equal("admin", (await Core.Get<TokenDirectory>().FindAsync(tokenId, Stop))!.IssuedBy);
        var entry = (await Core.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: tokenId), null, 1, Stop)).Items[0].Entry;
        Assert.Equal(("token.minted", "for the demo"), (entry.Action, entry.Reason));

        Assert.Equal("Copy token", Assert.Single(page.FindAll(".button.primary")).TextContent.Trim());
        page.WaitForAssertion(() => JSInterop.VerifyFocusAsyncInvoke());
        page.FindAll("button").Single(button => button.TextContent == "Mint another").Click();

        Assert.DoesNotContain(token, page.Markup, StringComparison.Ordinal);
        Assert.Equal("alice", page.Find("#subject").GetAttribute("value"));
    }

    [Fact]
    public async Task Role_lost_since_the_page_was_opened_mints_nothing()
    {
        var toasts = Render<ToastHost>();
        var page = Render<MintPage>();
        page.Find("#subject").Input("alice");
        BeReviewer();

        page.Find("form").Submit();

        toasts.WaitForAssertion(() => Assert.Contains("does not allow this any more", toasts.Markup, StringComparison.Ordinal));
        Assert.Empty((await Core.Get<TokenDirectory>().ListAsync(new LedgerFilter(), null, 1, Stop)).Items);
    }

    [Fact]
    public async Task Test_token_says_that_it_never_validates_and_is_revoked()
    {
        var page = Render<MintPage>();
        page.Find("#subject").Input("alice");
        page.Find("#defect").Change("expired");
        Assert.Contains("can never validate", page.Markup, StringComparison.Ordinal);

        Submit(page, "a drill");

        page.WaitForElement("pre[aria-label=Token]");
        var entry = Assert.Single((await Core.Get<TokenDirectory>().ListAsync(new LedgerFilter(), null, 2, Stop)).Items);
        Assert.Equal("expired", entry.Defect);
        Assert.NotNull(entry.Revoked);
    }

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("", null)]
    public void Chosen_lifetime_shows_in_the_preview(string choice, int? seconds)
    {
        var page = Render<MintPage>();
        page.Find("#subject").Input("alice");

        page.Find("#expires_in").Change(choice);

        var now = Core.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Contains($"\"exp\": {now + (seconds ?? 3600)}", page.Find("aside").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Custom_lifetime_beyond_the_maximum_is_refused()
    {
        var page = Render<MintPage>();
        page.Find("#subject").Input("alice");

        page.Find("#expires_in").Change("custom");
        page.Find("[aria-label='Lifetime, unit']").Change("86400");
        page.Find("[aria-label='Lifetime, number']").Input("31");

        Assert.Contains("Tokens:MaximumLifetime", page.Find("#expires_in-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stale_proof_is_asked_for_with_the_reason_and_mints_nothing_without_it()
    {
        var page = Render<MintPage>();
        page.Find("#subject").Input("alice");
        Operator.Be("admin", Roles.Administrator, isProved: false);

        var dialogs = Submit(page, "for the demo");

        // The script of the proof answers nothing here.
        dialogs.WaitForAssertion(() => Assert.NotNull(dialogs.Find("#proof-error")));
        Assert.Empty((await Core.Get<TokenDirectory>().ListAsync(new LedgerFilter(), null, 1, Stop)).Items);
    }

    private IRenderedComponent<DialogHost> Submit(IRenderedComponent<MintPage> page, string reason)
    {
        var dialogs = Render<DialogHost>();
        page.Find("form").Submit();
        dialogs.WaitForElement("#reason").Input(reason);
        dialogs.Find("form").Submit();
        return dialogs;
    }
}
