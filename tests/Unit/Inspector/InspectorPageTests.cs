using System.Text;
using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Inspector;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Inspector;

public sealed class InspectorPageTests : PageTest
{
    protected override IReadOnlyDictionary<string, string?>? Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Scopes:Resources:reports:0"] = "reports:read",
    };

    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public async Task Good_token_is_accepted_and_says_what_the_ledger_knows()
    {
        var token = await Core.IssueAsync();

        var page = await InspectAsync(token.Token);

        Assert.Contains("good here and now", VerdictOf(page), StringComparison.Ordinal);
        Assert.Equal($"/tokens/{token.TokenId}", page.Find(".identifier a").GetAttribute("href"));
        Assert.All(page.FindAll(".checks .word"), word => Assert.Equal("Passed", word.TextContent));
    }

    [Fact]
    public async Task Expired_token_says_so_first()
    {
        var token = await Core.IssueAsync();
        Core.Clock.Advance(TimeSpan.FromHours(3));

        var page = await InspectAsync(token.Token);

        var verdict = VerdictOf(page);
        Assert.Contains("Refused: it expired 2 hours ago", verdict, StringComparison.Ordinal);
        Assert.Contains("TOKEN_EXPIRED", verdict, StringComparison.Ordinal);
        Assert.Contains("The caller should get a new token", verdict, StringComparison.Ordinal);
        Assert.Contains("Is it valid at this time?", page.Find(".checks [aria-current=true]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tampered_token_warns_that_its_claims_are_not_verified()
    {
        var token = (await Core.IssueAsync()).Token;
        var parts = token.Split('.');
        var forged = ForgedToken.Sign(ForgedToken.HeaderOf(token), """{"sub":"admin"}""", _ => [1, 2, 3]);

        var page = await InspectAsync($"{parts[0]}.{forged.Split('.')[1]}.{parts[2]}");

        Assert.Contains("WRONG_ISSUER", VerdictOf(page), StringComparison.Ordinal);
        Assert.Contains("Nothing below is verified", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_with_another_signature_is_not_genuine()
    {
        var page = await InspectAsync(ForgedToken.WithSignature((await Core.IssueAsync()).Token, new byte[64]));

        Assert.Contains("INVALID_SIGNATURE", VerdictOf(page), StringComparison.Ordinal);
        Assert.Contains("Not reached", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsigned_token_is_refused_for_its_algorithm()
    {
        var page = await InspectAsync(ForgedToken.Sign("""{"alg":"none","typ":"at+jwt"}""", """{"sub":"admin"}""", _ => [0]));

        Assert.Contains("ALGORITHM_NOT_ALLOWED", VerdictOf(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_that_was_never_issued_calls_for_a_reviewer()
    {
        var page = await InspectAsync(ForgedToken.Alter(Core, (await Core.IssueAsync()).Token, ("jti", "never-issued")));

        Assert.Contains("TOKEN_UNKNOWN", VerdictOf(page), StringComparison.Ordinal);
        Assert.Contains("A security reviewer must look at this now", VerdictOf(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoked_token_says_who_and_why()
    {
        var token = await Core.IssueAsync();
        await Core.Get<TokenRevocations>().RevokeAsync(token.TokenId, "Laptop lost", TokenBuilder.Somebody, RequestOrigin.None, Stop);

        var page = await InspectAsync(token.Token);

        Assert.Contains("TOKEN_REVOKED", VerdictOf(page), StringComparison.Ordinal);
        Assert.Contains("alice: Laptop lost", VerdictOf(page), StringComparison.Ordinal);
        Assert.DoesNotContain("Revoke token", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what is this", "MALFORMED_TOKEN")]
    [InlineData("eyJhbGciOiJSU0EtT0FFUCJ9.AA.AA.AA.AA", "encrypted (JWE)")]
    public async Task Anything_else_is_named_in_plain_words(string text, string expected)
    {
        var page = await InspectAsync(text);

        Assert.Contains(expected, VerdictOf(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_is_read_out_of_a_command_with_others_in_it()
    {
        var first = (await Core.IssueAsync()).Token;
        var second = (await Core.IssueAsync()).Token;

        var page = await InspectAsync($"curl -H 'Authorization: Bearer {first}' -H 'X-Other: {second}' https://api");

        Assert.Contains("Read out of a curl command; 1 other token", VerdictOf(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_pasted_reaches_neither_the_address_nor_the_store()
    {
        var before = Address;
        var token = ForgedToken.Alter(Core, (await Core.IssueAsync()).Token, ("sub", "nobody-must-keep-this"));
        var waiting = Core.Get<EventLog>().Waiting;

        await InspectAsync(token);

        Assert.Equal(before, Address);
        Assert.DoesNotContain("nobody-must-keep-this", Encoding.UTF8.GetString(Core.ReadStoreBytes()), StringComparison.Ordinal);
        Assert.Equal(waiting, Core.Get<EventLog>().Waiting);
    }

    [Fact]
    public async Task Failure_reference_opens_its_report()
    {
        await InspectAsync("It said req_0123456789abcdef and nothing else");

        Assert.EndsWith("/failures/req_0123456789abcdef", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Larger_text_than_the_largest_is_cut_and_says_so()
    {
        var page = await InspectAsync((await Core.IssueAsync()).Token + new string(' ', 3 * 1024 * 1024));

        Assert.Contains("Only the first 2 MB were read", page.Markup, StringComparison.Ordinal);
        Assert.Contains("good here and now", VerdictOf(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emptied_field_shows_the_examples_again()
    {
        var script = new PasteScript(this);
        var page = Render<InspectorPage>();
        await script.PasteAsync(page.FindComponent<PasteBox>(), "something");
        Assert.DoesNotContain("What you can paste", page.Markup, StringComparison.Ordinal);

        await script.PasteAsync(page.FindComponent<PasteBox>(), "  ");

        Assert.Contains("What you can paste", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".verdict"));
    }

    [Fact]
    public async Task Chosen_resource_asks_for_its_scopes()
    {
        var page = await InspectAsync((await Core.IssueAsync()).Token);

        await page.Find("#context-resource").ChangeAsync(new ChangeEventArgs { Value = "reports" });

        Assert.Contains("INSUFFICIENT_SCOPE", VerdictOf(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chosen_clock_decides()
    {
        var token = await Core.IssueAsync();
        var page = await InspectAsync(token.Token);

        await page.FindAll(".clock input[type=radio]")[1].ChangeAsync(new ChangeEventArgs { Value = "on" });
        await page.Find("input[type=datetime-local]").ChangeAsync(new ChangeEventArgs { Value = "2031-01-01T00:00:00" });

        Assert.Contains("TOKEN_EXPIRED", VerdictOf(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoking_asks_why_and_inspects_again()
    {
        var token = await Core.IssueAsync();
        var page = await InspectAsync(token.Token);

        await RevokeAsync(page, "Reported lost");

        page.WaitForAssertion(() => Assert.Contains("TOKEN_REVOKED", VerdictOf(page), StringComparison.Ordinal));
        Assert.Equal("Reported lost", (await Core.RowAsync(token.TokenId)).Revoked?.Reason);
    }

    [Fact]
    public async Task Revoking_after_the_right_was_lost_changes_nothing()
    {
        var token = await Core.IssueAsync();
        var page = await InspectAsync(token.Token);

        var revoking = page.Find(".card-head button").ClickAsync(new());
        SignInAs(Roles.Reviewer);
        await AnswerAsync("Reported lost");
        await revoking;

        Assert.Null((await Core.RowAsync(token.TokenId)).Revoked);
    }

    [Fact]
    public async Task Reviewer_sees_no_revoke()
    {
        SignInAs(Roles.Reviewer);

        var page = await InspectAsync((await Core.IssueAsync()).Token);

        Assert.Contains("In the ledger", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Revoke token", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_the_page_ends_its_subscriptions()
    {
        var page = await InspectAsync((await Core.IssueAsync()).Token);
        page.WaitForAssertion(() => Assert.Equal(2, Feed.ReaderCount));

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.ReaderCount);
    }

    private async Task<IRenderedComponent<InspectorPage>> InspectAsync(string text)
    {
        var script = new PasteScript(this);
        var page = Render<InspectorPage>();
        await script.PasteAsync(page.FindComponent<PasteBox>(), text);
        return page;
    }

    private async Task RevokeAsync(IRenderedComponent<InspectorPage> page, string reason)
    {
        var revoking = page.Find(".card-head button").ClickAsync(new());
        await AnswerAsync(reason);
        await revoking;
    }

    // The dialog is the layout's; here it is rendered by itself.
    private async Task AnswerAsync(string reason)
    {
        var dialog = Render(Services.GetRequiredService<Dialogs>().Current!.Content);
        await dialog.Find("textarea").InputAsync(new ChangeEventArgs { Value = reason });
        await dialog.Find("form").SubmitAsync();
    }

    private static string VerdictOf(IRenderedComponent<InspectorPage> page) => page.Find("[role=status] .verdict").TextContent;
}
