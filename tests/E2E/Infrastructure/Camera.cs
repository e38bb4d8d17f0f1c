using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>Takes pictures of a page at every width into docs/images.</summary>
internal sealed class Camera(IPage page, ColorScheme theme)
{
    private const int Narrow = 390;

    // Fades and drawers take up to a quarter of a second.
    private const int Calm = 500;

    private static readonly (int Width, int Height)[] Sizes = [(1440, 900), (768, 1024), (Narrow, 844)];

    private static string Images => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../docs/images"));

    /// <summary>Opens an address, does something there, and takes it.</summary>
    /// <param name="name">The beginning of the files' names.</param>
    /// <param name="path">The address.</param>
    /// <param name="act">What to do first; null for nothing.</param>
    /// <param name="subject">What must be in the picture; null for the top of the page.</param>
    public async Task TakeAsync(string name, string path, Func<Task>? act = null, string? subject = null)
    {
        await page.SetViewportSizeAsync(Sizes[0].Width, Sizes[0].Height);
        await page.GotoAsync(path);
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).WaitForAsync();
        await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
        if (act is not null)
        {
            await act();
        }

        await ShootAsync(name, subject);
    }

    /// <summary>Takes the page as it stands.</summary>
    public async Task ShootAsync(string name, string? subject = null)
    {
        foreach (var (width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            await ShootOnceAsync(name, width, subject);
        }
    }

    /// <summary>Takes what there is on narrow screens alone.</summary>
    public async Task ShootNarrowAsync(string name, Func<Task> act)
    {
        await page.SetViewportSizeAsync(Narrow, Sizes[^1].Height);
        await act();
        await ShootOnceAsync(name, Narrow, null);
    }

    private async Task ShootOnceAsync(string name, int width, string? subject)
    {
        // Below the top bar, which stays where it is.
        await page.EvaluateAsync(
            "name => scrollTo(0, name ? document.querySelector(name).getBoundingClientRect().top + scrollY - 88 : 0)", subject);
        await page.WaitForTimeoutAsync(Calm);
        var file = $"{name}-{theme.ToString().ToLowerInvariant()}-{width}.png";
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Images, file) });
    }
}
