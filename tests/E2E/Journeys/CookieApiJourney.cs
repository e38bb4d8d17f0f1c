using Dashboard.Tests.E2E.Infrastructure;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>The API with a browser's session: reading is free, changing needs our own page and its antiforgery token.</summary>
public sealed class CookieApiJourney(SharedSignet signet, Chromium chromium) : Journey(signet, chromium)
{
    [Fact]
    public async Task Changes_with_a_cookie_need_the_antiforgery_token()
    {
        await SignInAsync();

        Assert.Equal(200, await FetchAsync("GET", "/dashboard/tokens"));
        Assert.Equal(400, await FetchAsync("POST", "/dashboard/tokens"));
        Assert.Equal(201, await FetchAsync("POST", "/dashboard/tokens", withToken: true));
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

    private Task<int> FetchAsync(string method, string path, bool withToken = false) => Page.EvaluateAsync<int>(
        """
        async ([method, path, withToken]) => {
          const headers = { "Content-Type": "application/json" };
          if (withToken) {
            headers.RequestVerificationToken = (await (await fetch("/antiforgery")).json()).token;
          }
          const body = method === "GET" ? undefined : JSON.stringify({ subject: "from-a-cookie" });
          return (await fetch(path, { method, headers, body })).status;
        }
        """,
        new object[] { method, path, withToken });
}
