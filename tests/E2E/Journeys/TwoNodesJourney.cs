using System.Security.Cryptography;
using Dashboard.Tests.E2E.Infrastructure;
using Dashboard.Tests.E2E.Pages;
using Microsoft.Playwright;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>Two nodes on one Redis behind nginx, and a person whose node dies: they stay logged in and nothing they did is lost.</summary>
public sealed class TwoNodesJourney(Chromium chromium) : IAsyncLifetime
{
    private readonly Balancer _balancer = new();
    private SignetProcess _first = null!;
    private SignetProcess _second = null!;
    private HttpClient _anybody = null!;
    private Visit _visit = null!;
    private IPage _page = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var redis = await SharedRedis.StartedAsync();
        (string Name, string? Value)[] settings =
        [
            .. redis.Settings($"e2e-{Guid.CreateVersion7():N}"),
            ("SIGNET_MASTER_KEY", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            ("Signet__Issuer", _balancer.Address.ToString().TrimEnd('/')),
            ("Hosting__KnownProxies__0", "127.0.0.1"),
        ];
        var nodes = await Task.WhenAll(SignetProcess.StartAsync(null, settings), SignetProcess.StartAsync(null, settings));
        (_first, _second) = (nodes[0], nodes[1]);
        await _balancer.StartAsync(_first, _second);
        _anybody = _balancer.Client();
        _visit = await chromium.VisitAsync(_balancer.Address);
        _page = await _visit.Context.NewPageAsync();
        var signIn = await SignInPage.OpenAsync(_page);
        await signIn.SubmitAsync("admin", SignetProcess.Password);
        await Heading("Overview").WaitForAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _visit.DisposeAsync();
        _anybody.Dispose();
        await _balancer.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task A_session_of_one_node_is_a_session_of_the_other()
    {
        var serving = await ServingAsync();
        var other = OtherThan(serving);

        // The page's ticket comes from the memory of its node; the other must take it all the same.
        var ticket = await _page.EvaluateAsync<string>("async () => (await import('/js/page-tickets.js')).apiTicket()");
        foreach (var node in (SignetProcess[])[serving, other])
        {
            using var listed = await AskAsync(node, "/dashboard/tokens", ticket);
            await listed.ReadAsync(200);
        }

        using var administrator = await serving.LoginAsync();
        var (token, tokenId) = await administrator.MintAsync("minted-at-one");
        Assert.Null(await other.Http.RefusalOfAsync(token));
        using var elsewhere = ClientOf(other, administrator);
        using var revoked = await elsewhere.RevokeAsync(tokenId);
        await revoked.ReadAsync(200);
        await Eventually.AsyncTrue(async () => await serving.Http.RefusalOfAsync(token) is "TOKEN_REVOKED");

        using var plain = await _anybody.GetAsync(new Uri($"http://localhost:{_balancer.PlainPort}/tokens"), Stop);
        Assert.Equal(("https", "/tokens"), (plain.Headers.Location!.Scheme, plain.Headers.Location.AbsolutePath));
    }

    [Fact]
    public async Task The_loss_of_a_node_costs_its_people_a_moment_and_nothing_else()
    {
        var (token, subject) = await MintAsync();
        await OpenAsync($"/tokens?subject={subject}", "Tokens");
        await RevokeAsync(subject);
        var cookie = await CookieAsync();
        var dead = await ServingAsync();
        var survivor = OtherThan(dead);

        await _page.EvaluateAsync("window.isTheOldPage = true");
        await dead.KillAsync();

        await AssertReloadedAsync();
        await Assertions.Expect(RevokedRow(subject)).ToBeVisibleAsync();
        Assert.Equal(survivor, await ServingAsync());
        Assert.Equal(cookie, await CookieAsync());
        Assert.Equal("TOKEN_REVOKED", await _anybody.RefusalOfAsync(token));
        var (another, _) = await MintAsync();
        Assert.Null(await survivor.Http.RefusalOfAsync(another));

        await dead.RestartAsync();
        Assert.Null(await dead.Http.RefusalOfAsync(another));
        Assert.Equal("TOKEN_REVOKED", await dead.Http.RefusalOfAsync(token));
        await OpenAsync("/", "Overview");
        await AssertNoFaultsAsync();
    }

    [Fact]
    public async Task A_node_that_dies_while_a_page_opens_leaves_the_page_to_the_other()
    {
        var dead = await ServingAsync();
        await _page.RouteAsync("**/_blazor/negotiate*", async route =>
        {
            var negotiated = await route.FetchAsync();
            await dead.KillAsync();
            await route.FulfillAsync(new RouteFulfillOptions { Response = negotiated });
        }, new PageRouteOptions { Times = 1 });

        await OpenAsync("/tokens", "Tokens");

        Assert.Equal(OtherThan(dead), await ServingAsync());
    }

    [Fact]
    public async Task A_rolling_restart_keeps_the_session_and_what_was_typed()
    {
        await OpenAsync("/mint", "Mint a token");
        var cookie = await CookieAsync();
        foreach (var node in (SignetProcess[])[_first, _second])
        {
            var isOurs = node == await ServingAsync();
            await _page.GetByLabel("Subject").FillAsync("half-typed");
            await node.StopAsync();
            if (isOurs)
            {
                // Somebody who has typed decides for themselves when the page goes.
                var reload = _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Reload" });
                await reload.WaitForAsync();
                await Assertions.Expect(_page.GetByLabel("Subject")).ToHaveValueAsync("half-typed");
                await reload.ClickAsync();
                await Assertions.Expect(_page.GetByLabel("Subject")).ToHaveValueAsync("");
            }

            await Heading("Mint a token").WaitForAsync();
            await node.RestartAsync();
        }

        await MintAsync();
        Assert.Equal(cookie, await CookieAsync());
        await AssertNoFaultsAsync();
    }

    private ILocator Heading(string name) => _page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name, Level = 1 });

    private SignetProcess OtherThan(SignetProcess node) => node == _first ? _second : _first;

    private async Task OpenAsync(string path, string heading)
    {
        await _page.GotoAsync(path);
        await Heading(heading).WaitForAsync();
    }

    // Where the open page's circuit was negotiated last.
    private async Task<SignetProcess> ServingAsync()
    {
        var answers = await _balancer.AnswersAsync();
        return answers.Last(answer => answer is { Path: "/_blazor/negotiate", Status: 200 }).Port == _first.Address.Port ? _first : _second;
    }

    private async Task<(string Token, string Subject)> MintAsync()
    {
        var subject = $"nodes-{Guid.CreateVersion7():N}";
        await OpenAsync("/mint", "Mint a token");
        await _page.GetByLabel("Subject").FillAsync(subject);
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Mint token" }).ClickAsync();
        await _page.GiveReasonAsync("Mint");
        await _page.GetByText("Token minted.").WaitForAsync();
        return (await _page.GetByLabel("Token", new PageGetByLabelOptions { Exact = true }).InnerTextAsync(), subject);
    }

    private async Task RevokeAsync(string subject)
    {
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"of {subject}" }).ClickAsync();
        await _page.GiveReasonAsync("Revoke", "before the loss");
        await Assertions.Expect(RevokedRow(subject)).ToBeVisibleAsync();
    }

    private ILocator RevokedRow(string subject) => _page.GetByRole(AriaRole.Row)
        .Filter(new LocatorFilterOptions { HasText = subject })
        .GetByText("Revoked", new LocatorGetByTextOptions { Exact = true });

    private async Task AssertReloadedAsync()
    {
        await _page.WaitForFunctionAsync("() => !window.isTheOldPage && document.readyState === 'complete'");
        await Heading("Tokens").WaitForAsync();
        await Assertions.Expect(_page.Locator("#components-reconnect-modal")).Not.ToBeVisibleAsync();
    }

    private async Task<string> CookieAsync() =>
        (await _visit.Context.CookiesAsync()).Single(cookie => cookie.Name == "__Host-signet").Value;

    // What a page asks for is answered by whoever is left. A circuit that its node took along may fail, and is made again.
    private async Task AssertNoFaultsAsync() =>
        Assert.DoesNotContain(
            await _balancer.AnswersAsync(),
            answer => answer.Status >= 500 && !answer.Path.StartsWith("/_blazor", StringComparison.Ordinal));

    private async Task<HttpResponseMessage> AskAsync(SignetProcess node, string path, string ticket)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"__Host-signet={await CookieAsync()}");
        request.Headers.Add("X-Signet-Page", ticket);
        request.Headers.TryAddWithoutValidation("User-Agent", await _page.EvaluateAsync<string>("navigator.userAgent"));
        request.Headers.TryAddWithoutValidation("Accept-Language", await _page.EvaluateAsync<string>("navigator.language"));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await node.Http.SendAsync(request, Stop);
    }

    private static HttpClient ClientOf(SignetProcess node, HttpClient loggedInElsewhere)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = node.Address };
        foreach (var (name, values) in loggedInElsewhere.DefaultRequestHeaders)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, values);
        }

        return client;
    }
}
