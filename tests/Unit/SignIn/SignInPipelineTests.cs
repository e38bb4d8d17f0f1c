using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.SignIn;
using Dashboard.SignIn.SecondFactors;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.SignIn;

/// <summary>What the sign-in takes from browsers and what it does not, over the whole program.</summary>
public sealed partial class SignInPipelineTests : IAsyncLifetime
{
    private const string Password = "quiet lantern over water";

    private WholeSignet _signet = null!;
    private OperatorAccount _admin = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _signet = await WholeSignet.StartAsync();
        _admin = _signet.Services.GetRequiredService<OperatorDirectory>().FindByName("admin")!;
    }

    public ValueTask DisposeAsync() => _signet.DisposeAsync();

    [Fact]
    public async Task Cookie_that_was_altered_cut_or_planted_is_no_session_and_no_fault()
    {
        var cookie = await _signet.SignInAsync(_admin);
        using (var good = await _signet.GetPageAsync("/tokens", cookie))
        {
            Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        }

        var start = cookie.IndexOf('=', StringComparison.Ordinal) + 1;
        var altered = Enumerable.Range(0, 40)
            .Select(step => start + step * (cookie.Length - start - 1) / 40)
            .Select(index => cookie[..index] + (cookie[index] == 'A' ? 'B' : 'A') + cookie[(index + 1)..]);
        string[] others = [cookie[..^10], cookie[..start], cookie[..start] + "x", cookie[..start] + new string('A', 400), cookie + cookie[start..]];
        foreach (var bad in altered.Concat(others))
        {
            using var answer = await _signet.GetPageAsync("/tokens", bad);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.StartsWith("/login", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Login_begins_a_session_under_an_id_of_its_own_and_ends_the_one_before()
    {
        var old = await _signet.SignInAsync(_admin);
        var form = await FormAsync(old);

        using var answer = await PostLoginAsync(form.Cookie + "; " + old, form.Token);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var fresh = CookieOf(answer, SessionCookie.Name);
        Assert.NotNull(fresh);
        Assert.NotEqual(old, fresh);
        Assert.Equal(HttpStatusCode.OK, (await _signet.GetPageAsync("/tokens", fresh)).StatusCode);
        Assert.Contains("reason=replaced", (await _signet.GetPageAsync("/tokens", old)).Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("altered")]
    [InlineData("of another visitor")]
    public async Task Login_form_that_is_not_this_visitors_signs_nobody_in(string token)
    {
        var form = await FormAsync();
        var sent = token switch
        {
            "missing" => null,
            "altered" => form.Token[..^4] + "AAAA",
            _ => (await FormAsync()).Token,
        };

        using var answer = await PostLoginAsync(form.Cookie, sent);

        Assert.Null(CookieOf(answer, SessionCookie.Name));
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.SeeOther, $"{(int)answer.StatusCode}");
    }

    [Fact]
    public async Task Login_form_from_another_site_signs_nobody_in()
    {
        var form = await FormAsync();

        using var answer = await PostLoginAsync(form.Cookie, form.Token, origin: "https://evil.example");

        Assert.Null(CookieOf(answer, SessionCookie.Name));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Right_password_without_the_second_factor_reaches_the_step_and_nothing_else()
    {
        await AddAuthenticatorAsync();
        var form = await FormAsync();

        using var answer = await PostLoginAsync(form.Cookie, form.Token);

        Assert.Equal("/login/second-factor", answer.Headers.Location?.OriginalString);
        Assert.Null(CookieOf(answer, SessionCookie.Name));
        var pending = CookieOf(answer, PendingLogins.CookieName)!;
        Assert.Equal(HttpStatusCode.OK, (await _signet.GetPageAsync("/login/second-factor", pending)).StatusCode);
        foreach (var page in new[] { "/", "/tokens", "/account", "/account/authenticator", "/change-password" })
        {
            Assert.StartsWith("/login", (await _signet.GetPageAsync(page, pending)).Headers.Location?.OriginalString, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Get, "/dashboard/tokens", pending));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", pending));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Post, "/session/proof", pending));
    }

    [Fact]
    public async Task Second_step_is_for_five_answers()
    {
        await AddAuthenticatorAsync();
        var pending = _signet.Services.GetRequiredService<PendingLogins>();
        var context = new DefaultHttpContext();
        pending.Begin(context, _signet.Services.GetRequiredService<OperatorDirectory>().Find(_admin.Id)!, "a-fingerprint-of-a-browser", TestBrowser.Key);
        context.Request.Headers.Cookie = context.Response.Headers.SetCookie.Single()!.Split(';')[0];
        var login = pending.Find(context)!.Value.Login;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => pending.TryAnswerAsync(login, Stop))));

        Assert.Equal(5, answers.Count(isTaken => isTaken));
    }

    [Fact]
    public async Task Hub_takes_neither_strangers_nor_polls()
    {
        var cookie = await _signet.SignInAsync(_admin);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Get, "/_blazor?id=x", null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", cookie));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(HttpMethod.Get, "/_blazor?id=x", cookie));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", cookie, "https://evil.example"));
    }

    [Fact]
    public async Task Twenty_wrong_fingerprints_are_refused_and_the_owner_goes_on()
    {
        var token = await _signet.LogInAsync(_admin);
        foreach (var fingerprint in Enumerable.Range(0, 20).Select(number => $"wrong-fingerprint-{number:00}").Prepend(null))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await ApiStatusAsync(token, fingerprint));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await ApiStatusAsync(token, WholeSignet.Fingerprint[..^1]));
        Assert.Equal(HttpStatusCode.OK, await ApiStatusAsync(token, WholeSignet.Fingerprint));
    }

    [Fact]
    public async Task Signing_out_clears_what_the_browser_kept()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/logout");
        request.Headers.Add("Origin", Origin);
        using var answer = await _signet.Client.SendAsync(request, Stop);

        Assert.Equal("\"cache\"", answer.Headers.GetValues("Clear-Site-Data").Single());
        Assert.Equal("/login?reason=signed-out", answer.Headers.Location?.OriginalString);
    }

    private string Origin => _signet.Client.BaseAddress!.OriginalString.TrimEnd('/');

    private async Task AddAuthenticatorAsync() => await _signet.Services.GetRequiredService<OperatorChanges>().ApplyAsync(
        _admin.Id,
        found => found with
        {
            SecondFactors = new OperatorSecondFactors
            {
                Authenticator = new Authenticator(_signet.Services.GetRequiredService<AuthenticatorSeeds>().Seal(_admin.Id, TimeBasedCode.NewSeed()), 0, default),
            },
        },
        null,
        Stop);

    // With a reason the form is shown to those who are signed in, too.
    private async Task<(string Cookie, string Token)> FormAsync(string? cookie = null)
    {
        using var answer = await _signet.GetPageAsync("/login?reason=device", cookie);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        return (CookieOf(answer, "__Host-signet-form")!, WebUtility.HtmlDecode(AntiforgeryField().Match(html).Groups["token"].Value));
    }

    private async Task<HttpResponseMessage> PostLoginAsync(string cookie, string? token, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login");
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Origin", origin ?? Origin);
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.TryAddWithoutValidation("User-Agent", TestBrowser.Chrome);
        request.Headers.TryAddWithoutValidation("Accept-Language", TestBrowser.Headers().AcceptLanguage);
        Dictionary<string, string> fields = new(StringComparer.Ordinal)
        {
            ["_handler"] = "login",
            ["Form.UserName"] = "admin",
            ["Form.Password"] = Password,
            ["Form.Fingerprint"] = "a-fingerprint-of-a-browser",
            ["Form.BrowserKey"] = TestBrowser.Key,
        };
        if (token is not null)
        {
            fields["__RequestVerificationToken"] = token;
        }

        request.Content = new FormUrlEncodedContent(fields);
        return await _signet.Client.SendAsync(request, Stop);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, string? cookie, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin ?? Origin);
        request.Headers.Add("X-Signet-Proof", "1");
        request.Headers.TryAddWithoutValidation("User-Agent", TestBrowser.Chrome);
        request.Headers.TryAddWithoutValidation("Accept-Language", TestBrowser.Headers().AcceptLanguage);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var answer = await _signet.Client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> ApiStatusAsync(string token, string? fingerprint)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/tokens");
        request.Headers.Authorization = new("Bearer", token);
        if (fingerprint is not null)
        {
            request.Headers.Add("X-Client-Fingerprint", fingerprint);
        }

        using var answer = await _signet.Client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private static string? CookieOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.Select(cookie => cookie.Split(';')[0]).FirstOrDefault(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal) && cookie.Length > name.Length + 1)
            : null;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AntiforgeryField();
}
