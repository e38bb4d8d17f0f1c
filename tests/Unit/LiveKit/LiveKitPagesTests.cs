using Bunit;
using Dashboard.Controls;
using Dashboard.Inspector;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.LiveKit;

/// <summary>Tokens for LiveKit in the inspector and on their own page.</summary>
public sealed class LiveKitPagesTests : PageTest
{
    protected override IReadOnlyDictionary<string, string?>? Settings => LiveKitBuilder.Settings;

    [Fact]
    public async Task Inspector_shows_what_it_opens_and_what_the_server_says()
    {
        var issued = await Core.IssueLiveKitAsync();

        var page = await InspectAsync(issued.Token.Token);

        Assert.Contains("Accepted: the token is good for LiveKit", page.Find("[role=status] .verdict").TextContent, StringComparison.Ordinal);
        var section = page.Find("section[aria-labelledby=livekit-title]").TextContent;
        Assert.Contains("test-room", section, StringComparison.Ordinal);
        Assert.Contains("user1", section, StringComparison.Ordinal);
        Assert.Contains("May join the room.", section, StringComparison.Ordinal);
        Assert.Contains("Accepts it.", section, StringComparison.Ordinal);
        Assert.DoesNotContain("Not verified", section, StringComparison.Ordinal);
        Assert.Contains("In the ledger", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_one_links_to_the_servers_words()
    {
        var page = await InspectAsync(LiveKitBuilder.Foreign(Core, ("iss", "APIother"), ("video", null), ("sip", new System.Text.Json.Nodes.JsonObject { ["call"] = true })));

        Assert.Contains("Refused: its API key is not the one of this LiveKit server", page.Find("[role=status] .verdict").TextContent, StringComparison.Ordinal);
        var said = page.Find("section[aria-labelledby=livekit-title] .answers a");
        Assert.Equal("go-jose/go-jose/jwt: validation failed, invalid issuer claim (iss)", said.TextContent);
        Assert.StartsWith("/docs/library-errors?q=", said.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_one_is_marked_as_not_verified()
    {
        var page = await InspectAsync(LiveKitBuilder.Foreign(Core.Clock.GetUtcNow(), "another"));

        Assert.Contains("Not verified", page.Find("section[aria-labelledby=livekit-title]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_for_an_api_has_no_such_section()
    {
        var page = await InspectAsync((await Core.IssueAsync()).Token);

        Assert.Empty(page.FindAll("section[aria-labelledby=livekit-title]"));
    }

    private async Task<IRenderedComponent<InspectorPage>> InspectAsync(string text)
    {
        var script = new PasteScript(this);
        var page = Render<InspectorPage>();
        await script.PasteAsync(page.FindComponent<PasteBox>(), text);
        return page;
    }
}
