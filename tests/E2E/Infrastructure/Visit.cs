using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>One person's browser: its own cookies, keys and storage, closed however busy its pages are.</summary>
public sealed class Visit(IBrowserContext context) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public IBrowserContext Context => context;

    public async ValueTask DisposeAsync()
    {
        // Chromium never finishes closing a page that begins to load another at that moment, as ours do when a session ends.
        foreach (var page in context.Pages)
        {
            await page.GotoAsync("about:blank");
        }

        await context.CloseAsync().WaitAsync(Patience, TimeProvider.System);
    }
}
