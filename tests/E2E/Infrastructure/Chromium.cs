using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>One real browser for all journeys; every person in them gets a visit of their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] UsualPaths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // In milliseconds: long enough for a machine that does other things too.
    private const float Patience = 15_000;

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
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

    /// <summary>Opens a browser that has never been at this address before.</summary>
    public async Task<Visit> VisitAsync(Uri address, ColorScheme theme = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ColorScheme = theme,

            // Only a balancer of the tests has a certificate, and it is nobody's.
            IgnoreHTTPSErrors = address.Scheme == Uri.UriSchemeHttps,
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
        });
        context.Request += (_, request) =>
        {
            if (request.Headers.TryGetValue("content-type", out var type) && type.StartsWith("application/x-www-form", StringComparison.Ordinal))
            {
                Secrets.NoteForm(request.PostData);
            }
        };
        return new Visit(context);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
