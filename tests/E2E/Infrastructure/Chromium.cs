using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>One real browser for all journeys; each journey gets a context of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] UsualPaths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            // None of these: the browser that Playwright itself installed.
            ExecutablePath = Environment.GetEnvironmentVariable("SIGNET_CHROMIUM") ?? UsualPaths.FirstOrDefault(File.Exists),
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
