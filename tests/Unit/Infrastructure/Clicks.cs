using Bunit;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Tests.Unit.Infrastructure;

internal static class Clicks
{
    /// <summary>Clicks the first button with exactly this text, as soon as there is one: a page may still be loading it.</summary>
    public static Task ClickButtonAsync<T>(this IRenderedComponent<T> page, string text)
        where T : IComponent
    {
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), button => button.TextContent.Trim() == text));
        return page.InvokeAsync(() => page.FindAll("button").First(button => button.TextContent.Trim() == text).Click());
    }
}
