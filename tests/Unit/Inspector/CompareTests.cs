using Bunit;
using Dashboard.Controls;
using Dashboard.Inspector;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Inspector;

public sealed class CompareTests : PageTest
{
    [Fact]
    public async Task Two_tokens_have_two_verdicts_and_show_where_they_differ()
    {
        var page = await CompareAsync(
            (await Core.IssueAsync()).Token,
            (await Core.IssueAsync(TokenBuilder.Request() with { Subject = "user-2", Client = null })).Token);

        Assert.Equal(["First token", "Second token"], page.FindAll(".verdict .meta").Select(name => name.TextContent));
        Assert.Equal(["sub", "jti", "client_id"], page.FindAll("tr.differs bdi.name").Select(name => name.TextContent));
        Assert.Contains("absent", page.FindAll("tr.differs")[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_differences_hides_the_rest()
    {
        var page = await CompareAsync((await Core.IssueAsync()).Token, (await Core.IssueAsync()).Token);

        await page.Find(".check input").ChangeAsync(new ChangeEventArgs { Value = true });

        Assert.Equal("jti", Assert.Single(page.FindAll("tbody tr bdi.name")).TextContent);
    }

    [Fact]
    public async Task Token_that_cannot_be_read_is_compared_with_nothing()
    {
        var page = await CompareAsync((await Core.IssueAsync()).Token, "what is this");

        Assert.Contains("cannot be read, so there is nothing to compare", page.Markup, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll(".verdict").Count);
    }

    private async Task<IRenderedComponent<InspectorPage>> CompareAsync(string first, string second)
    {
        var script = new PasteScript(this);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/inspect?compare=true");
        var page = Render<InspectorPage>();
        var boxes = page.FindComponents<PasteBox>();
        await script.PasteAsync(boxes[0], first);
        await script.PasteAsync(boxes[1], second);
        return page;
    }
}
