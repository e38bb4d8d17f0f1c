using System.Text;
using Bunit;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Tokens.Inspection.LibraryErrors;
using Dashboard.Hosting;
using Dashboard.Inspector;
using Dashboard.Inspector.Errors;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Inspector.Errors;

public sealed class LibraryErrorPagesTests : PageTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Pasted_error_is_explained_and_is_no_malformed_token()
    {
        var page = await InspectAsync("12:00 jwt.exceptions.InvalidSignatureError: Signature verification failed");

        var note = page.Find("[role=status] .note").TextContent;
        Assert.Contains("PyJWT", note, StringComparison.Ordinal);
        Assert.Contains("The signature does not fit the key", note, StringComparison.Ordinal);
        Assert.Contains("The caller should get a new token", note, StringComparison.Ordinal);
        Assert.Equal("/docs/problems/token-invalid", page.Find(".note dd a").GetAttribute("href"));
        Assert.Contains("The text holds no token", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".verdict"));
        Assert.DoesNotContain("What you can paste", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_and_token_are_both_shown()
    {
        var page = await InspectAsync($"TokenExpiredError: jwt expired, Authorization: Bearer {(await Core.IssueAsync()).Token}");

        Assert.Contains("good here and now", page.Find(".verdict").TextContent, StringComparison.Ordinal);
        Assert.Contains("jsonwebtoken", page.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("The text holds no token", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pasted_text_around_an_error_is_not_shown_and_reaches_no_store()
    {
        var page = await InspectAsync("customer 4711-x: IDX10223: Lifetime validation failed.");

        Assert.DoesNotContain("4711-x", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("4711-x", Encoding.UTF8.GetString(Core.ReadStoreBytes()), StringComparison.Ordinal);
        Assert.DoesNotContain("4711-x", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emptied_field_forgets_the_error()
    {
        var script = new PasteScript(this);
        var page = Render<InspectorPage>();
        await script.PasteAsync(page.FindComponent<PasteBox>(), "jwt expired");
        Assert.Single(page.FindAll(".note"));

        await script.PasteAsync(page.FindComponent<PasteBox>(), " ");

        Assert.Empty(page.FindAll(".note"));
        Assert.Contains("What you can paste", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_shows_every_text_by_library()
    {
        var page = Open(null);

        Assert.Equal(LibraryErrorCatalogue.All.Count, page.FindAll(".note").Count);
        Assert.Equal(
            LibraryErrorCatalogue.All.Select(error => error.Library.Name).Distinct(StringComparer.Ordinal),
            page.FindAll(".library h2").Select(title => title.TextContent));
        Assert.Equal(page.FindAll("[id]").Count, page.FindAll("[id]").Select(element => element.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("IDX10223", 1, "1 error matches.")]
    [InlineData("no-such-error", 0, "0 errors match.")]
    public void Search_in_the_address_filters(string query, int count, string words)
    {
        var page = Open(query);

        Assert.Equal(count, page.FindAll(".note").Count);
        Assert.Equal(words, page.Find("p[role=status]").TextContent);
        Assert.Equal(count is 0, page.FindAll(".empty").Count > 0);
    }

    [Theory]
    [InlineData("jwt exp", "/docs/library-errors?q=jwt%20exp")]
    [InlineData("  ", "/docs/library-errors")]
    [InlineData("secret-log IDX10223: Lifetime …", "/docs/library-errors?q=IDX10223")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.AA", "/docs/library-errors?q=Bearer%20")]
    public void Address_never_holds_what_was_pasted(string typed, string address) =>
        Assert.Equal(address, LibraryErrorsAddress.OfSearch(typed));

    [Theory]
    [InlineData("IDX10223", "What “IDX10223” means", "/docs/library-errors?q=IDX10223")]
    [InlineData("idx1022", "What “IDX10222” means", "/docs/library-errors?q=IDX10222")]
    [InlineData("12:00 TokenExpiredError: jwt expired at", "What “jwt expired” means", "/docs/library-errors?q=jwt%20expired")]
    public async Task Palette_says_what_a_text_means(string text, string title, string href)
    {
        var found = await PaletteAsync(text);

        Assert.Equal((title, href, "Errors"), (found[0].Title, found[0].Href, found[0].Group));
        Assert.InRange(found.Count, 1, 6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("jwt")]
    [InlineData("req_0123456789abcdef")]
    [InlineData("alice")]
    public async Task Palette_says_nothing_of_other_texts(string text) => Assert.Empty(await PaletteAsync(text));

    [Fact]
    public async Task Palette_offers_nothing_to_those_who_may_not_see_it()
    {
        SignInAs(Roles.Subject);

        Assert.Empty(await PaletteAsync("IDX10223"));
    }

    private Task<IReadOnlyList<PaletteItem>> PaletteAsync(string text) =>
        new LibraryErrorPaletteSource(Services.GetRequiredService<CurrentOperator>()).FindAsync(text, Stop);

    private IRenderedComponent<LibraryErrorsPage> Open(string? query)
    {
        Navigation.NavigateTo(query is null ? LibraryErrorsAddress.Path : $"{LibraryErrorsAddress.Path}?q={Uri.EscapeDataString(query)}");
        return Render<LibraryErrorsPage>();
    }

    private async Task<IRenderedComponent<InspectorPage>> InspectAsync(string text)
    {
        var script = new PasteScript(this);
        var page = Render<InspectorPage>();
        await script.PasteAsync(page.FindComponent<PasteBox>(), text);
        return page;
    }
}
