using System.Net;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Hosting;

public sealed class CookieRequestTests : IAsyncLifetime
{
    private const string Own = "https://signet.example.com";

    private TestHost _host = null!;
    private string _cookies = "";
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(Endpoints.Map);
        using var signedIn = await _host.GetAsync("/sign-in");
        _cookies = CookiesOf(signedIn);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/token") { Headers = { { "Cookie", _cookies } } };
        using var response = await _host.SendAsync(request);
        _token = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        _cookies += "; " + CookiesOf(response);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(Own, null)]
    [InlineData(Own, "same-origin")]
    [InlineData(null, "same-origin")]
    public async Task Own_page_with_its_token_is_let_through(string? origin, string? site)
    {
        using var response = await PostAsync(origin, site, _token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("null", null)]
    [InlineData("https://evil.example", null)]
    [InlineData("https://evil.example", "same-origin")]
    [InlineData(Own, "cross-site")]
    [InlineData(Own, "same-site")]
    public async Task Other_pages_are_refused_even_with_a_token(string? origin, string? site)
    {
        using var response = await PostAsync(origin, site, _token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("INVALID_INPUT", (await TestHost.JsonOf(response)).GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task Missing_or_wrong_token_is_refused()
    {
        using var missing = await PostAsync(Own, "same-origin", null);
        using var wrong = await PostAsync(Own, "same-origin", "rubbish");

        Assert.Equal("HEADER_MISSING", (await TestHost.JsonOf(missing)).GetProperty("error_code").GetString());
        Assert.Equal("INVALID_INPUT", (await TestHost.JsonOf(wrong)).GetProperty("error_code").GetString());
    }

    private Task<HttpResponseMessage> PostAsync(string? origin, string? site, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/dashboard/thing") { Headers = { { "Cookie", _cookies } } };
        foreach (var (name, value) in new[] { ("Origin", origin), ("Sec-Fetch-Site", site), ("RequestVerificationToken", token) })
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        return _host.SendAsync(request);
    }

    private static string CookiesOf(HttpResponseMessage response) =>
        string.Join("; ", response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
}
