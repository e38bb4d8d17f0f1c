using Dashboard.Controls;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Tokens.Pages;

public sealed class TokenPaletteTests : PageContext
{
    private TokenPaletteSource Palette => Services.GetServices<IPaletteSource>().OfType<TokenPaletteSource>().Single();

    [Fact]
    public async Task Palette_finds_by_the_beginning_of_subject_and_jti()
    {
        var tokenId = await IssueAsync("alice");
        await IssueAsync("bob");

        var bySubject = Assert.Single(await Palette.FindAsync("ali", Stop));
        var byJti = Assert.Single(await Palette.FindAsync(tokenId, Stop));

        Assert.Equal(("alice", $"/tokens/{tokenId}"), (bySubject.Title, bySubject.Href));
        Assert.Equal(bySubject, byJti);
    }

    [Fact]
    public async Task Palette_shows_five_and_nothing_before_anything_is_typed()
    {
        for (var number = 0; number < 7; number++)
        {
            await IssueAsync("alice");
        }

        Assert.Equal(5, (await Palette.FindAsync("alice", Stop)).Count);
        Assert.Empty(await Palette.FindAsync("", Stop));
    }

    [Fact]
    public async Task Palette_shows_nothing_to_somebody_without_the_right()
    {
        await IssueAsync("alice");
        Operator.Leave();

        Assert.Empty(await Palette.FindAsync("alice", Stop));
    }
}
