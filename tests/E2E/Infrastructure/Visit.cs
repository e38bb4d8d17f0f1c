using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>One person's browser: its own cookies, keys and storage, closed however busy its pages are.</summary>
public sealed class Visit(IBrowserContext context) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public IBrowserContext Context => context;

    public async ValueTask DisposeAsync()
    {
        foreach (var cookie in await context.CookiesAsync())
        {
            Secrets.NoteCookie(cookie.Value);
        }

        // Chromium never finishes closing a page that begins to load another at that moment, as ours do when a session ends.
        foreach (var page in context.Pages)
        {
            await LeaveAsync(page);
        }

        await context.CloseAsync().WaitAsync(Patience, TimeProvider.System);
    }

    // Whoever cannot be led away is closed all the same: the closing has a patience of its own.
    private static async Task LeaveAsync(IPage page)
    {
        const int MostTries = 5;
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            try
            {
                await page.GotoAsync("about:blank");
                return;
            }
            catch (PlaywrightException)
            {
                // The page went somewhere by itself at the same moment. Asked again at once, each answer is taken for the one
                // before it, which comes late.
                await Task.Delay(attempt * Pause, TimeProvider.System);
            }
        }
    }
}
