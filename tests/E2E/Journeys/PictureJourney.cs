using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>
/// Takes the pictures of docs/images: every page and the states that matter, light and dark, wide and narrow. Explicit, because it writes into the
/// source tree: run it with <c>-explicit only</c> after changing how a page looks, and look at them.
/// </summary>
public sealed class PictureJourney(Chromium chromium) : IAsyncLifetime
{
    private static readonly string[] Subjects = ["svc:invoices", "agent:planner", "alice@example.com", "mcp:files", "svc:reports"];
    private static readonly string[] Scopes = ["read", "read write", "mcp:tools", "files:read files:write", "admin"];

    private SignetProcess _signet = null!;

    public async ValueTask InitializeAsync() => _signet = await SignetProcess.StartAsync();

    public ValueTask DisposeAsync() => _signet.DisposeAsync();

    [Fact(Explicit = true)]
    public async Task Every_page_in_both_themes_and_three_widths()
    {
        using var administrator = await _signet.LoginAsync();
        var things = await FillAsync(administrator);
        foreach (var theme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var visit = await chromium.VisitAsync(_signet.Address, theme);
            var page = await visit.Context.NewPageAsync();
            var camera = new Camera(page, theme);
            await camera.TakeAsync("sign-in", "/login");
            var signIn = await SignInPage.OpenAsync(page);
            await signIn.SubmitAsync("admin", SignetProcess.Password);
            await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();
            await TakePagesAsync(camera, things);
            await TakeStatesAsync(camera, page, things);
            await TakeReconnectingAsync(camera, page);
        }
    }

    private static async Task TakePagesAsync(Camera camera, Things things)
    {
        await camera.TakeAsync("overview", "/");
        await camera.TakeAsync("tokens", "/tokens");
        await camera.TakeAsync("token", $"/tokens/{things.TokenId}");
        await camera.TakeAsync("revocation", $"/tokens/revocations/{things.Revocation}");
        await camera.TakeAsync("failure", $"/failures/{things.Reference}");
        await camera.TakeAsync("failures", "/failures?range=1h");
        await camera.TakeAsync("alerts", "/alerts");
        await camera.TakeAsync("audit", "/audit");
        await camera.TakeAsync("integrity", "/audit?tab=integrity");
        await camera.TakeAsync("webhooks", "/webhooks");
        await camera.TakeAsync("settings", "/settings");
        await camera.TakeAsync("api", "/docs/api");
        await camera.TakeAsync("keys", "/keys");
        await camera.TakeAsync("clients", "/clients");
        await camera.TakeAsync("agents", "/agents");
        await camera.TakeAsync("mint", "/mint");
        await camera.TakeAsync("sessions", "/sessions");
        await camera.TakeAsync("session", $"/sessions/{things.Session}");
        await camera.TakeAsync("operators", "/operators");
        await camera.TakeAsync("operator", $"/operators/{things.Operator}");
        await camera.TakeAsync("new-operator", "/operators/new");
        await camera.TakeAsync("examples", "/inspect");
        await camera.TakeAsync("problem", "/docs/problems/token-invalid");
        await camera.TakeAsync("change-password", "/change-password");
        await camera.TakeAsync("error", "/error?reference=req_0123456789abcdef");
        await camera.TakeAsync("not-found", "/no/such/page");
    }

    private static async Task TakeStatesAsync(Camera camera, IPage page, Things things)
    {
        await camera.TakeAsync("inspector", "/inspect", () => PasteAsync(page, things.Expired));
        await camera.TakeAsync("compare", "/inspect?compare=true", () => PasteAsync(page, things.Expired, things.Used), "#compared-title");
        await camera.TakeAsync("filters", "/tokens?subject=svc:invoices", () => Button(page, "More filters").ClickAsync());
        await camera.TakeAsync("palette", "/", async () =>
        {
            await Button(page, "Search or jump to").ClickAsync();
            await page.GetByRole(AriaRole.Combobox).FillAsync("svc");
            await page.GetByText("svc:reports").First.WaitForAsync();
        });
        await camera.TakeAsync("claims", $"/tokens/{things.TokenId}", subject: "#claims-title");
        await camera.TakeAsync("minted", "/mint", async () =>
        {
            await page.GetByLabel("Subject").FillAsync("svc:invoices");
            await page.GetByLabel("Scopes").FillAsync("read write");
            await Button(page, "Mint token").ClickAsync();
            await page.GiveReasonAsync("Mint", "Monthly export of invoices");
            await page.GetByText("Token minted.").WaitForAsync();
        });
        await page.GotoAsync("/tokens");
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).WaitForAsync();
        await camera.ShootNarrowAsync("navigation", () => Button(page, "Navigation").ClickAsync());
    }

    // The server dies under an open page; the next theme finds it running again.
    private async Task TakeReconnectingAsync(Camera camera, IPage page)
    {
        await page.GotoAsync("/mint");
        await page.GetByLabel("Subject").FillAsync("half-typed");
        await _signet.KillAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await camera.ShootAsync("reconnect");
        await _signet.RestartAsync();
        await Button(page, "Reload").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).WaitForAsync();
    }

    private static async Task PasteAsync(IPage page, params string[] tokens)
    {
        for (var index = 0; index < tokens.Length; index++)
        {
            await page.GetByRole(AriaRole.Textbox).Nth(index).FillAsync(tokens[index]);
            await page.Keyboard.PressAsync("Control+Enter");
        }

        await page.Locator(".verdict").Nth(tokens.Length - 1).WaitForAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name });

    private async Task<Things> FillAsync(HttpClient administrator)
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
        for (var number = 0; number < 4; number++)
        {
            await _signet.Http.RefusalOfAsync(used);
        }

        var (expired, _) = await administrator.MintAsync("alice@example.com", "read", "expired");
        using var refused = await _signet.Http.ValidateAsync(expired);
        var reference = (await refused.ReadAsync(401)).GetProperty("request_id").GetString()!;
        var revocation = await administrator.RevokeMatchingAsync("agent:planner", "The agent was retired");
        await administrator.AddOperatorAsync("rita@example.com", "reviewer");
        var (sue, _) = await administrator.AddOperatorAsync("sue", "support");
        return new Things(used, shown, expired, reference, revocation, await EndSessionAsync(administrator), sue);
    }

    private async Task<string> EndSessionAsync(HttpClient administrator)
    {
        using var other = await _signet.LoginAsync();
        var open = await administrator.GetJsonAsync("/dashboard/sessions?state=open&kind=api");
        var name = open.GetProperty("items").EnumerateArray()
            .First(item => !item.GetProperty("is_current").GetBoolean()).GetProperty("id").GetString()!;
        using var ended = await administrator.DeleteAsync(
            new Uri($"/dashboard/sessions/{name}?reason=The laptop was stolen", UriKind.Relative), TestContext.Current.CancellationToken);
        await ended.ReadAsync(200);
        return name;
    }

    private sealed record Things(
        string Used, string TokenId, string Expired, string Reference, string Revocation, string Session, string Operator);
}
