using Bunit;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>A store may answer at once or later; what a page shows in between is not what a test is about.</summary>
internal static class Loading
{
    /// <summary>Waits until no part of the page is still loading, and gives the page back.</summary>
    public static IRenderedComponent<T> Loaded<T>(this IRenderedComponent<T> page)
        where T : IComponent
    {
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skeleton, [aria-busy=true]")));
        return page;
    }
}
