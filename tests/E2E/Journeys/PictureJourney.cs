using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>
/// Takes the pictures of docs/images: every page, light and dark, wide and narrow. Explicit, because it writes into the
/// source tree: run it with <c>-explicit only</c> after changing how a page looks, and look at them.
/// </summary>
public sealed class PictureJourney(Chromium chromium) : IAsyncLifetime
{
    private static readonly (int Width, int Height)[] Sizes = [(1440, 900), (768, 1024), (390, 844)];
    private static readonly string[] Subjects = ["svc:invoices", "agent:planner", "alice@example.com", "mcp:files", "svc:reports"];
    private static readonly string[] Scopes = ["read", "read write", "mcp:tools", "files:read files:write", "admin"];

    private SignetProcess _signet = null!;

    private static string Images => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../docs/images"));

    public async ValueTask InitializeAsync() => _signet = await SignetProcess.StartAsync();

    public ValueTask DisposeAsync() => _signet.DisposeAsync();

    [Fact(Explicit = true)]
    public async Task Every_page_in_both_themes_and_three_widths()
    {
        using var administrator = await _signet.LoginAsync();
        var (token, tokenId, reference) = await FillAsync(administrator);
        foreach (var theme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var visit = await chromium.VisitAsync(_signet.Address, theme);
            var page = await visit.Context.NewPageAsync();
            await TakeAsync(page, theme, "sign-in", "/login");
            var signIn = await SignInPage.OpenAsync(page);
            await signIn.SubmitAsync("admin", SignetProcess.Password);
            await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();
            await TakeAsync(page, theme, "overview", "/");
            await TakeAsync(page, theme, "tokens", "/tokens");
            await TakeAsync(page, theme, "token", $"/tokens/{tokenId}");
            await TakeAsync(page, theme, "failure", $"/failures/{reference}");
            await TakeAsync(page, theme, "mint", "/mint");
            await TakeAsync(page, theme, "problem", "/docs/problems/token-invalid");
            await TakeAsync(page, theme, "not-found", "/no/such/page");
            await TakeAsync(page, theme, "inspector", "/inspect", async () =>
            {
                await page.GetByRole(AriaRole.Textbox).First.FillAsync(token);
                await page.Keyboard.PressAsync("Control+Enter");
                await page.GetByText("TOKEN_EXPIRED").First.WaitForAsync();
            });
        }
    }

    private async Task<(string Token, string TokenId, string Reference)> FillAsync(HttpClient administrator)
    {
        for (var number = 0; number < 40; number++)
        {
            var (token, tokenId) = await administrator.MintAsync(Subjects[number % 5], Scopes[number % 4], expiresIn: 900 * (number + 1));
            if (number % 3 != 0)
            {
                await _signet.Http.RefusalOfAsync(token);
            }

            if (number % 6 == 0)
            {
                using var revoked = await administrator.RevokeAsync(tokenId, "Laptop was stolen");
            }
        }

        var (used, shown) = await administrator.MintAsync("svc:invoices", "read write");
        await _signet.Http.RefusalOfAsync(used);
        await _signet.Http.RefusalOfAsync(used, "https://files.example.com");
        using var last = await administrator.RevokeAsync(shown, "The job was retired");
        var (expired, _) = await administrator.MintAsync("alice@example.com", "read", "expired");
        using var refused = await _signet.Http.ValidateAsync(expired);
        var reference = (await refused.ReadAsync(401)).GetProperty("request_id").GetString()!;
        return (expired, shown, reference);
    }

    private static async Task TakeAsync(IPage page, ColorScheme theme, string name, string path, Func<Task>? act = null)
    {
        foreach (var (width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            await page.GotoAsync(path);
            await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).WaitForAsync();
            await page.WaitForTimeoutAsync(800);
            if (act is not null)
            {
                await act();
                await page.WaitForTimeoutAsync(400);
            }

            var file = $"{name}-{theme.ToString().ToLowerInvariant()}-{width}.png";
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Images, file) });
        }
    }
}
