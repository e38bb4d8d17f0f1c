using Bunit;
using Dashboard.Core.Events.Rollups;
using Dashboard.Failures;

namespace Dashboard.Tests.Unit.Failures.Pages;

/// <summary>What the overview says of what fails right now.</summary>
public sealed class RefusalsNowCardTests : BunitContext
{
    private static readonly TimeRange Day = new(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2030, 1, 2, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Each_code_says_how_many_and_what_is_usual_and_leads_to_them()
    {
        RefusalNow[] codes = [new("TOKEN_EXPIRED", 1_234, new Usual(3, 5, 12)), new("WRONG_AUDIENCE", 2, new Usual(0, 1, 4))];

        var card = Show(new RefusalsNow(Day, codes, true));

        Assert.Equal(["1,234", "2"], card.FindAll(".count").Select(count => count.TextContent));
        Assert.Equal("/failures?code=TOKEN_EXPIRED", card.Find("li a").GetAttribute("href"));
        Assert.Contains("Usually 3–12 in these 24 hours", card.Markup, StringComparison.Ordinal);
        Assert.Equal("Unusual", Assert.Single(card.FindAll(".status")).TextContent.Trim());
        Assert.DoesNotContain("after a week", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_week_of_counts_nothing_is_unusual()
    {
        var card = Show(new RefusalsNow(Day, [new("TOKEN_EXPIRED", 1_234, null)], false));

        Assert.Empty(card.FindAll(".status"));
        Assert.Contains("after a week of counts", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_refused_and_not_asked_yet_are_not_the_same()
    {
        Assert.Contains("Nothing was refused", Show(new RefusalsNow(Day, [], true)).Markup, StringComparison.Ordinal);
        Assert.NotEmpty(Show(null).FindAll(".skeleton"));
    }

    private IRenderedComponent<RefusalsNowCard> Show(RefusalsNow? now) =>
        Render<RefusalsNowCard>(parameters => parameters.Add(card => card.Now, now));
}
