using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>What axe says about a page.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Everything = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    private static readonly AxeRunOptions Room = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["scrollable-region-focusable", "target-size"] },
    };

    private static readonly AxeRunOptions Contrast = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] },
    };

    /// <summary>Fails for anything that axe finds on the page as it stands (WCAG 2.2 AA and best practice).</summary>
    public static Task AssertAccessibleAsync(this IPage page) => AssertAsync(page, Everything);

    /// <summary>Fails where something can not be scrolled or hit: all that little room can change.</summary>
    public static Task AssertReachableAsync(this IPage page) => AssertAsync(page, Room);

    /// <summary>Fails where text does not stand out from what is behind it: all that a theme can change.</summary>
    public static Task AssertLegibleAsync(this IPage page) => AssertAsync(page, Contrast);

    /// <summary>Fails where the page is wider than the window: what sticks out is not seen, and scrolling it moves everything.</summary>
    public static async Task AssertFitsAsync(this IPage page)
    {
        var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= page.ViewportSize!.Width, $"{page.Url} is {width} wide at {page.ViewportSize.Width}.");
    }

    private static async Task AssertAsync(IPage page, AxeRunOptions rules)
    {
        var found = await page.RunAxe(rules);
        Assert.True(found.Violations.Length == 0, $"{page.Url} at {page.ViewportSize?.Width}:\n" + string.Join("\n", found.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Select(node => node.Html))}")));
    }
}
