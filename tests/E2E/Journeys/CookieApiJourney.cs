using System.Net.Http.Json;
using Dashboard.Tests.E2E.Infrastructure;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>The API with a browser's session: nothing without a ticket from a page that proved its browser.</summary>
public sealed class CookieApiJourney(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    [Theory]
    [InlineData("GET", "/dashboard/tokens")]
    [InlineData("GET", "/dashboard/tokens/export?format=csv")]
    [InlineData("GET", "/dashboard/audit")]
    [InlineData("GET", "/antiforgery")]
    [InlineData("POST", "/dashboard/tokens")]
    public async Task A_copied_cookie_with_copied_headers_reads_and_changes_nothing(string method, string path)
    {
        await SignInAsync();

        using var answer = await StealAsync(new HttpMethod(method), path);

        Assert.Equal("FINGERPRINT_MISMATCH", (await answer.ReadAsync(401)).GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task A_page_reads_with_its_ticket_and_changes_with_the_antiforgery_token_beside_it()
    {
        await SignInAsync();

        Assert.Equal(401, await FetchAsync("GET", "/dashboard/tokens"));
        Assert.Equal(200, await FetchAsync("GET", "/dashboard/tokens", withTicket: true));
        Assert.Equal(400, await FetchAsync("POST", "/dashboard/tokens", withTicket: true));
        Assert.Equal(201, await FetchAsync("POST", "/dashboard/tokens", withTicket: true, withToken: true));
    }

    [Fact]
    public async Task An_export_is_downloaded_once_and_its_address_is_worth_nothing_afterwards()
    {
        var subject = $"export-{Guid.CreateVersion7():N}";
        await Signet.Administrator.MintAsync(subject);
        await SignInAsync();
        await OpenAsync($"/tokens?subject={subject}", "Tokens");

        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Export", Exact = true }).ClickAsync();
        await Page.GetByText("for spreadsheets").ClickAsync();
        var download = await Page.RunAndWaitForDownloadAsync(() => Page.GiveReasonAsync("Export", "for the books"));

        Assert.Equal("tokens.csv", download.SuggestedFilename);
        Assert.Contains(subject, await File.ReadAllTextAsync(await download.PathAsync(), Stop), StringComparison.Ordinal);
        using var again = await StealAsync(HttpMethod.Get, new Uri(download.Url).PathAndQuery);
        await again.ReadAsync(401);
    }

    [Fact]
    public async Task Pages_carry_the_security_headers()
    {
        var answer = await Page.GotoAsync("/login");
        var headers = answer!.Headers;

        Assert.Contains("script-src 'self'", headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", headers["content-security-policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Equal("nosniff", headers["x-content-type-options"]);
        Assert.Equal("same-origin", headers["referrer-policy"]);
        Assert.Equal("same-origin", headers["cross-origin-opener-policy"]);
        Assert.Equal("no-store", headers["cache-control"]);
        Assert.False(headers.ContainsKey("server"));
    }

    [Fact]
    public async Task The_first_answer_of_a_page_holds_no_data()
    {
        var (_, tokenId) = await Signet.Administrator.MintAsync("prerender-secret-subject");
        await SignInAsync();

        var answer = await Context.APIRequest.GetAsync($"/tokens/{tokenId}", new APIRequestContextOptions
        {
            Headers = new Dictionary<string, string> { ["Accept"] = "text/html", ["User-Agent"] = await Page.EvaluateAsync<string>("navigator.userAgent") },
        });

        Assert.DoesNotContain("prerender-secret-subject", await answer.TextAsync(), StringComparison.Ordinal);
    }

    private Task<int> FetchAsync(string method, string path, bool withTicket = false, bool withToken = false) => Page.EvaluateAsync<int>(
        """
        async ([method, path, withTicket, withToken]) => {
          const headers = { "Content-Type": "application/json" };
          if (withTicket) {
            headers["X-Signet-Page"] = await (await import("/js/page-tickets.js")).apiTicket();
          }
          if (withToken) {
            headers.RequestVerificationToken = (await (await fetch("/antiforgery", { headers })).json()).token;
          }
          const body = method === "GET" ? undefined : JSON.stringify({ subject: "from-a-cookie" });
          return (await fetch(path, { method, headers, body })).status;
        }
        """,
        new object[] { method, path, withTicket, withToken });

    // Everything that travels: a thief who reads it along the way has no less than this, and not the key.
    private async Task<HttpResponseMessage> StealAsync(HttpMethod method, string path)
    {
        var cookies = await Context.CookiesAsync();
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        request.Headers.TryAddWithoutValidation("User-Agent", await Page.EvaluateAsync<string>("navigator.userAgent"));
        request.Headers.TryAddWithoutValidation("Accept-Language", await Page.EvaluateAsync<string>("navigator.language"));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Content = method == HttpMethod.Post ? JsonContent.Create(new { subject = "stolen" }) : null;
        return await Signet.Anybody.SendAsync(request, Stop);
    }
}
