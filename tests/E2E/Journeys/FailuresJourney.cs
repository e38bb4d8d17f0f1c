using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>
/// An hour of traffic in short: good clients, one whose tokens have expired, one that goes on with a secret that was replaced, and
/// somebody who tries passwords. Each fault is found on the page of failures, understood there and opened to its report.
/// </summary>
public sealed class FailuresJourney(Chromium chromium) : IAsyncLifetime
{
    private const int MostClicks = 5;
    private const string Stuffer = "203.0.113.66";

    private SignetProcess _signet = null!;
    private Visit _visit = null!;
    private IPage _page = null!;
    private string _expired = "";
    private string _rotated = "";
    private int _clicks;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _signet = await SignetProcess.StartAsync(
            null,
            ("Hosting__KnownProxies__0", "127.0.0.1"),
            ("Hosting__KnownProxies__1", "::1"),
            ("Throttling__AddressFailures", "1000"));
        _visit = await chromium.VisitAsync(_signet.Address);
        _page = await _visit.Context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _visit.DisposeAsync();
        await _signet.DisposeAsync();
    }

    [Fact]
    public async Task Each_of_three_faults_is_found_understood_and_opened_within_five_clicks()
    {
        await DriveAsync();
        var signIn = await SignInPage.OpenAsync(_page);
        await signIn.SubmitAsync("admin", SignetProcess.Password);
        await Heading("Overview").WaitForAsync();

        await OpenFailuresAsync();
        await ClickAsync(InLegend("TOKEN_EXPIRED"));
        await ExpectMeaningAsync("TOKEN_EXPIRED");
        await ClickAsync(InTop("Clients", _expired));
        await ClickAsync(Reports().First);
        await ExpectReportAsync("TOKEN_EXPIRED", _expired);

        await OpenFailuresAsync();
        await ClickAsync(InLegend("invalid_client"));
        await ExpectMeaningAsync("invalid_client");
        await ClickAsync(InTop("Clients", _rotated));
        await ClickAsync(Reports().First);
        await ExpectReportAsync("invalid_client", _rotated);

        await OpenFailuresAsync();
        await ClickAsync(InTop("Addresses", Stuffer));
        await ClickAsync(InLegend("INVALID_CREDENTIALS"));
        await ExpectMeaningAsync("INVALID_CREDENTIALS");
        await ClickAsync(Reports().First);
        await ExpectReportAsync("INVALID_CREDENTIALS", Stuffer);
    }

    [Fact]
    public async Task What_is_refused_shows_while_the_page_is_open_and_as_a_table()
    {
        await DriveAsync();
        var signIn = await SignInPage.OpenAsync(_page);
        await signIn.SubmitAsync("admin", SignetProcess.Password);
        await Heading("Overview").WaitForAsync();
        await OpenFailuresAsync();
        await _page.AssertAccessibleAsync();

        var before = await Reports().CountAsync();
        await _signet.Http.RefusalOfAsync("no.token.atall");
        await Assertions.Expect(Reports()).ToHaveCountAsync(before + 1);

        await ClickAsync(_page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Show as table" }));
        await Assertions.Expect(_page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Show as chart" })).ToBeVisibleAsync();
        Assert.Contains("view=table", _page.Url, StringComparison.Ordinal);
        await _page.AssertAccessibleAsync();
    }

    private async Task DriveAsync()
    {
        using var administrator = await _signet.LoginAsync();
        var (good, goodSecret) = await RegisterAsync(administrator, "good");
        (_expired, _) = await RegisterAsync(administrator, "expired");
        (_rotated, var oldSecret) = await RegisterAsync(administrator, "rotated");
        await ReplaceSecretAsync(administrator, _rotated);
        var old = await administrator.PostJsonAsync(
            "/dashboard/tokens", new { subject = "svc-reports", client_id = _expired, scope = "read", defect = "expired" }, 201);

        for (var round = 0; round < 12; round++)
        {
            using (var granted = await AskForTokenAsync(good, goodSecret, "203.0.113.10"))
            {
                var token = (await granted.ReadAsync(200)).GetProperty("access_token").GetString()!;
                Assert.Null(await _signet.Http.RefusalOfAsync(token));
            }

            Assert.Equal("TOKEN_EXPIRED", await RefusalAsync(old.GetProperty("access_token").GetString()!, "203.0.113.20"));
            using var refused = await AskForTokenAsync(_rotated, oldSecret, "203.0.113.30");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        for (var number = 0; number < 20; number++)
        {
            using var login = await SendAsync(
                "/auth/login", JsonContent.Create(new { username = $"person-{number}", password = "Summer2026!" }), Stuffer);
            Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        }
    }

    private static async Task<(string Id, string Secret)> RegisterAsync(HttpClient administrator, string name)
    {
        var made = await administrator.PostJsonAsync(
            "/dashboard/clients",
            new { client_name = name, grant_types = new[] { "client_credentials" }, scope = "read", reason = "a test" },
            201);
        return (made.GetProperty("client_id").GetString()!, made.GetProperty("client_secret").GetString()!);
    }

    private static async Task ReplaceSecretAsync(HttpClient administrator, string client)
    {
        var before = await administrator.GetJsonAsync($"/dashboard/clients/{client}");
        var first = before.GetProperty("secrets")[0].GetProperty("id").GetString();
        await administrator.PostJsonAsync($"/dashboard/clients/{client}/secrets", new { lifetime = 3600, reason = "rotation" }, 201);
        using var request = new HttpRequestMessage(
            HttpMethod.Delete, new Uri($"/dashboard/clients/{client}/secrets/{first}?force=true&reason=rotation", UriKind.Relative));
        using var gone = await administrator.SendAsync(request, Stop);
        Assert.True(gone.IsSuccessStatusCode, await gone.Content.ReadAsStringAsync(Stop));
    }

    private Task<HttpResponseMessage> AskForTokenAsync(string client, string secret, string address) => SendAsync(
        "/oauth/token",
        new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        address,
        new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret}"))));

    private async Task<string?> RefusalAsync(string token, string address)
    {
        using var answer = await SendAsync("/auth/validate", JsonContent.Create(new { token }), address);
        return (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Stop)).GetProperty("error_code").GetString();
    }

    private async Task<HttpResponseMessage> SendAsync(
        string path, HttpContent content, string address, AuthenticationHeaderValue? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = authorization;
        request.Headers.Add("X-Forwarded-For", address);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Client-Fingerprint", SignetProcess.Fingerprint);
        return await _signet.Http.SendAsync(request, Stop);
    }

    private async Task OpenFailuresAsync()
    {
        _clicks = 0;
        await ClickAsync(_page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Main" })
            .GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Failures" }));
        await Heading("Failures").WaitForAsync();
        await Reports().First.WaitForAsync();
    }

    private async Task ClickAsync(ILocator what)
    {
        _clicks++;
        await what.ClickAsync();
    }

    // The cause and what to do about it, where the code was chosen.
    private async Task ExpectMeaningAsync(string code)
    {
        var meaning = _page.Locator("section.meaning");
        await Assertions.Expect(meaning).ToContainTextAsync(code);
        Assert.Contains($"code={code}", _page.Url, StringComparison.Ordinal);
    }

    private async Task ExpectReportAsync(string code, string whose)
    {
        await Heading("Failure").WaitForAsync();
        await Assertions.Expect(_page.Locator("main")).ToContainTextAsync(code);
        await Assertions.Expect(_page.GetByText("What to do")).ToBeVisibleAsync();
        await Assertions.Expect(_page.Locator("main")).ToContainTextAsync(whose[..8]);
        Assert.InRange(_clicks, 1, MostClicks);
    }

    private ILocator Heading(string name) => _page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name, Level = 1 });

    private ILocator Region(string name) => _page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = name, Exact = true });

    private ILocator InLegend(string code) => _page.GetByRole(AriaRole.List, new PageGetByRoleOptions { Name = "Codes" })
        .GetByRole(AriaRole.Button).Filter(new LocatorFilterOptions { HasText = code });

    private ILocator InTop(string title, string value) => Region(title).GetByRole(AriaRole.Button).Filter(new LocatorFilterOptions { HasText = value });

    private ILocator Reports() => Region("Each refusal").GetByRole(AriaRole.Link).Filter(new LocatorFilterOptions { HasText = "req_" });
}
