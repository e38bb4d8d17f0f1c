using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>
/// Every page as it looks to everybody: wide and narrow, where things wrap and scroll, and in the dark, where they pale.
/// </summary>
public sealed class EveryPageJourney(SharedSignet signet, Chromium chromium)
{
    private const int WideWidth = 1440;
    private const int WideHeight = 900;
    private const int MiddleWidth = 768;
    private const int NarrowWidth = 390;
    private const int NarrowHeight = 844;

    [Fact]
    public Task Is_accessible_wide_and_narrow() => WalkAsync(ColorScheme.Light, async page =>
    {
        await page.AssertAccessibleAsync();
        await page.SetViewportSizeAsync(MiddleWidth, WideHeight);
        await page.AssertFitsAsync();
        await page.SetViewportSizeAsync(NarrowWidth, NarrowHeight);
        await page.AssertFitsAsync();
        await page.AssertReachableAsync();
        await page.SetViewportSizeAsync(WideWidth, WideHeight);
    });

    [Fact]
    public Task Is_legible_in_the_dark() => WalkAsync(ColorScheme.Dark, page => page.AssertLegibleAsync());

    private async Task WalkAsync(ColorScheme theme, Func<IPage, Task> check)
    {
        var (token, tokenId) = await signet.Administrator.MintAsync("svc:invoices", "read write", "expired");
        var reference = await RefuseAsync(token);
        var revocation = await RevokeMatchingAsync();
        var client = await AddClientAsync();
        var webhook = await AddWebhookAsync();
        await SignInUnderLongNameAsync();
        await using var visit = await chromium.VisitAsync(signet.Process.Address, theme);
        var page = await visit.Context.NewPageAsync();

        await CheckAsync(check, page, "/login");
        await CheckAsync(check, page, "/error?reference=req_0123456789abcdef");
        await CheckAsync(check, page, "/docs/problems");
        await CheckAsync(check, page, "/docs/problems/token-invalid");
        var signIn = await SignInPage.OpenAsync(page);
        await signIn.SubmitAsync("admin", SignetProcess.Password);
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();
        foreach (var path in (string[])["/", "/tokens", $"/tokens/{tokenId}", $"/tokens/{tokenId}?claims=json", $"/tokens/revocations/{revocation}", $"/failures/{reference}", "/failures", "/failures?code=TOKEN_EXPIRED&view=table", "/webhooks", "/webhooks/new", $"/webhooks/{webhook}", "/docs/library-errors?q=IDX10223", "/docs/api", "/shared", "/shared/unknown", "/mint", "/sessions", "/sessions?state=ended&kind=api", $"/sessions/{await CurrentSessionAsync(page)}", "/operators", "/operators/new", $"/operators/{await FindAdministratorAsync()}", "/keys", "/keys?range=30d", "/keys/new", "/agents", "/agents?tab=keys", "/agents/nobody", "/audit", "/audit?operator=nobody", "/audit?tab=integrity", "/audit/1", "/audit/999999999", "/clients", "/clients?status=ended", "/clients/new", "/clients/registration", $"/clients/{client}", $"/clients/{client}/edit", "/account", "/account/authenticator", "/change-password", "/alerts", "/alerts?state=resolved", "/alerts?tab=rules", "/alerts?tab=mutes", "/alerts/nobody", "/alerts/rules/new", "/alerts/rules/rule_logins_by_address", "/settings", "/settings?tab=configuration&q=Events", "/settings?tab=scopes&held=write", "/settings?tab=retention", "/settings?tab=nodes", "/no/such/page"])
        {
            await CheckAsync(check, page, path);
        }

        await CheckAsync(check, page, "/inspect", () => PasteAsync(page, token));
        await CheckAsync(check, page, "/inspect?compare=true", () => PasteAsync(page, token, token));
    }

    private static async Task CheckAsync(Func<IPage, Task> check, IPage page, string path, Func<Task>? act = null)
    {
        await page.GotoAsync(path);
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).WaitForAsync();
        await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
        if (act is not null)
        {
            await act();
        }

        await check(page);
    }

    private static async Task PasteAsync(IPage page, params string[] tokens)
    {
        for (var index = 0; index < tokens.Length; index++)
        {
            await page.GetByRole(AriaRole.Textbox).Nth(index).FillAsync(tokens[index]);
            await page.Keyboard.PressAsync("Control+Enter");
        }

        await Assertions.Expect(page.GetByText("TOKEN_EXPIRED").Nth(tokens.Length - 1)).ToBeVisibleAsync();
    }

    // Longer than any column: what does not fit must not lie over its neighbours.
    private async Task SignInUnderLongNameAsync()
    {
        var name = $"sue-{Guid.CreateVersion7():N}";
        var (_, generated) = await signet.Administrator.AddOperatorAsync(name, "reviewer");
        await using var visit = await chromium.VisitAsync(signet.Process.Address, ColorScheme.Light);
        await (await visit.Context.NewPageAsync()).SignInFirstAsync(name, generated);
    }

    // The page's own one: the row that says so.
    private static async Task<string> CurrentSessionAsync(IPage page)
    {
        await page.GotoAsync("/sessions?state=open&kind=browser");
        var row = page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "This session" });
        return (await row.Locator("td.c-client a").GetAttributeAsync("href"))!.Split('/')[^1];
    }

    private async Task<string> FindAdministratorAsync() =>
        (await signet.Administrator.GetJsonAsync("/dashboard/operators?search=admin")).GetProperty("items")[0].GetProperty("id").GetString()!;

    private async Task<string> RefuseAsync(string token)
    {
        using var refused = await signet.Anybody.ValidateAsync(token);
        return (await refused.ReadAsync(401)).GetProperty("request_id").GetString()!;
    }

    // One with everything that its page can show, under names and addresses longer than any column.
    private async Task<string> AddClientAsync()
    {
        await signet.Administrator.PostJsonAsync("/dashboard/initial-access-tokens", new { label = $"team-{new string('x', 60)}", reason = "a test" }, 201);
        var ended = await RegisterAsync($"ended-{Guid.CreateVersion7():N}");
        using var deleted = await signet.Administrator.DeleteAsync(new Uri($"/dashboard/clients/{ended}?reason=a+test", UriKind.Relative));
        await deleted.ReadAsync(200);
        var client = await RegisterAsync($"client-{Guid.CreateVersion7():N}-{new string('x', 30)}");
        await signet.Administrator.PostJsonAsync($"/dashboard/clients/{client}/secrets", new { lifetime = 3600, reason = "a test" }, 201);
        return client;
    }

    private async Task<string> AddWebhookAsync()
    {
        var made = await signet.Administrator.PostJsonAsync(
            "/dashboard/webhooks",
            new { name = $"hook-{new string('x', 60)}", url = $"https://hooks.example.com/{new string('x', 200)}", reason = "a test" },
            201);
        return made.GetProperty("id").GetString()!;
    }

    private async Task<string> RegisterAsync(string name)
    {
        var made = await signet.Administrator.PostJsonAsync(
            "/dashboard/clients",
            new
            {
                client_name = name,
                redirect_uris = new[] { $"https://app.example.com/{new string('x', 200)}" },
                scope = "files:read files:write",
                extra_claims = new { tenant = "acme" },
                client_uri = "https://app.example.com",
                reason = "a test",
            },
            201);
        return made.GetProperty("client_id").GetString()!;
    }

    private async Task<string> RevokeMatchingAsync()
    {
        var subject = $"batch-{Guid.CreateVersion7():N}";
        await signet.Administrator.MintAsync(subject);
        return await signet.Administrator.RevokeMatchingAsync(subject);
    }
}
