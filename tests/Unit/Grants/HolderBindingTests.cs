using Dashboard.Core.Events;
using Dashboard.Core.Grants;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Grants;

/// <summary>Access tokens that are bound to where a client got them.</summary>
public sealed class HolderBindingTests : IAsyncLifetime
{
    private GrantCore _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _core = await GrantCore.StartAsync(null, ("Tokens:BindAddress", "true"), ("Tokens:BindUserAgent", "true"));

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Theory]
    [InlineData("192.0.2.7", "curl", null)]
    [InlineData("::ffff:192.0.2.7", "curl", null)]
    [InlineData("192.0.2.8", "curl", "BINDING_MISMATCH")]
    [InlineData("192.0.2.7", "curl/8", "BINDING_MISMATCH")]
    [InlineData("192.0.2.7", null, "BINDING_MISMATCH")]
    [InlineData(null, "curl", "BINDING_MISMATCH")]
    public async Task Token_is_good_only_from_the_client_that_got_it(string? ip, string? agent, string? code)
    {
        var granted = Assert.IsType<GrantOutcome.Granted>(await _core.AskAsync(GrantCore.App));

        Assert.Equal(code, await _core.Host.CodeAsync(granted.AccessToken, From(ip, agent)));
    }

    [Fact]
    public async Task Api_that_was_sent_a_token_may_ask_about_it_and_inspectors_are_told_why_it_fails()
    {
        var token = Assert.IsType<GrantOutcome.Granted>(await _core.AskAsync(GrantCore.App)).AccessToken;
        var reporter = _core.Host.Get<TokenReporter>();

        Assert.Null(await _core.Host.CodeAsync(token, From("198.51.100.1", "an-api") with { IsHandedOn = true }));
        Assert.NotNull(await _core.Host.Get<Introspection>().IntrospectAsync(GrantCore.App, token, RequestOrigin.None, Stop));

        var refused = await reporter.ReportAsync(token, From("198.51.100.1", "curl"), Stop);
        Assert.Equal(("BINDING_MISMATCH", "The token is bound to the address that it was given to, and came from another one."), (refused.Code, refused.Cause));
        Assert.Contains("Hosting:KnownProxies", refused.NextStep, StringComparison.Ordinal);
        var inspected = await reporter.ReportAsync(token, new ValidationContext { IsHandedOn = true }, Stop);
        Assert.True(inspected.Accepted);
        Assert.Contains("compared elsewhere", inspected.Checks.Single(check => check.Name is "binding").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_that_is_refreshed_is_bound_to_whoever_refreshed_it()
    {
        var first = await _core.SignInAsync();
        var next = Assert.IsType<GrantOutcome.Granted>(await _core.Grants.RefreshAsync(
            GrantCore.App,
            new RefreshRedemptionRequest(first.RefreshToken!, null, null, GrantCore.Origin with { Ip = "2001:db8::1", UserAgent = null }),
            Stop));

        Assert.Null(await _core.Host.CodeAsync(first.AccessToken, From("192.0.2.7", "curl")));
        Assert.Null(await _core.Host.CodeAsync(next.AccessToken, From("2001:db8::1", null)));
        Assert.Equal("BINDING_MISMATCH", await _core.Host.CodeAsync(next.AccessToken, From("192.0.2.7", "curl")));
    }

    [Fact]
    public async Task Claims_hold_no_address_and_are_nobody_elses_to_set()
    {
        var token = Assert.IsType<GrantOutcome.Granted>(await _core.AskAsync(GrantCore.App)).AccessToken;
        var claims = (await _core.Host.Get<TokenReporter>().ReportAsync(token, From("192.0.2.7", "curl"), Stop)).Claims!.Value;

        Assert.Equal((43, 43), (claims.GetProperty("iph").GetString()!.Length, claims.GetProperty("uah").GetString()!.Length));
        Assert.NotEqual(claims.GetProperty("iph").GetString(), claims.GetProperty("uah").GetString());
        foreach (var name in (string[])["iph", "UAH"])
        {
            Assert.NotEmpty(await _core.Host.FaultsAsync(
                TokenBuilder.Request() with { ExtraClaims = TokenBuilder.Json($$"""{"{{name}}":"x"}""") }));
        }

        Assert.Null(await _core.Host.CodeAsync((await _core.Host.IssueAsync()).Token, From("198.51.100.1", null)));
    }

    private static ValidationContext From(string? ip, string? agent) =>
        new() { Origin = new RequestOrigin("req_2", ip, agent, "GET /verify") };
}
