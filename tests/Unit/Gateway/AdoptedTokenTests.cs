using System.Text.Json.Nodes;
using Dashboard.Core.Events;
using Dashboard.Core.Gateway;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Gateway;

/// <summary>Tokens that a gateway signed, judged here.</summary>
public sealed class AdoptedTokenTests : IAsyncLifetime
{
    /// <summary>As forward auth and the validation endpoints judge.</summary>
    internal static readonly ValidationContext Anywhere = new() { AcceptsTrustedIssuers = true };

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private AGateway _gateway = null!;
    private CoreHost _host = null!;
    private TheirClient _client = null!;
    private string _id = "";
    private string _token = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _host.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _gateway = await AGateway.StartAsync();
        _host = await CoreHost.StartAsync(hosted: true);
        _client = await _gateway.AddClientAsync(Now);
        (_id, _token) = await _gateway.AddTokenAsync(_client.Id, Now, Hour);
        await ImportAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Token_is_accepted_as_the_one_of_its_row_and_after_a_restart_too()
    {
        var accepted = Assert.IsType<TokenVerdict.Accepted>(await _host.ValidateAsync(_token, Anywhere)).Token;

        Assert.Equal((_id, TokenKind.Access, "42", _client.Id), (accepted.TokenId, accepted.Kind, accepted.Subject, accepted.Client));
        Assert.Equal(["openid", "profile"], accepted.Scopes);
        await _host.ReopenAsync();
        Assert.Null(await _host.CodeAsync(_token, Anywhere));
        Assert.Null(await _host.CodeAsync(_token, Anywhere));
    }

    [Fact]
    public async Task Token_is_refused_where_only_what_names_signet_is_taken_or_another_audience_is_asked_for()
    {
        Assert.Equal("WRONG_AUDIENCE", await _host.CodeAsync(_token));
        Assert.Equal("WRONG_AUDIENCE", await _host.CodeAsync(_token, Anywhere with { Audience = "https://mcp.example.com" }));
        Assert.Equal("WRONG_TOKEN_TYPE", await _host.CodeAsync(_token, Anywhere with { Kinds = [TokenKind.Operator] }));
        Assert.Null(await _host.CodeAsync(_token, Anywhere with { Audience = AGateway.Issuer }));
    }

    [Theory]
    [InlineData("sub", "\"1\"")]
    [InlineData("username", "\"root\"")]
    [InlineData("email", "null")]
    [InlineData("name", "\"Root\"")]
    [InlineData("scope", "\"openid profile admin\"")]
    [InlineData("client_id", "\"client-2\"")]
    [InlineData("exp", "1924992000")]
    [InlineData("iat", "1893499100")]
    [InlineData("scopes", "[\"admin\"]")]
    [InlineData("role", "\"administrator\"")]
    [InlineData("agent_id", "\"agent-1\"")]
    public async Task Its_key_makes_no_other_token_of_an_id_and_raises_an_alert(string claim, string value)
    {
        var claims = AGateway.ClaimsOf(_token);
        claims[claim] = JsonNode.Parse(value);

        Assert.Equal("TOKEN_UNKNOWN", await _host.CodeAsync(_gateway.Sign(claims), Anywhere));

        Assert.Null(await _host.CodeAsync(_token, Anywhere));
        Assert.Single(await EventsAsync(EventKinds.UnknownToken));
    }

    [Fact]
    public async Task One_that_did_not_come_along_is_refused_without_an_alert()
    {
        var (_, later) = await _gateway.AddTokenAsync(_client.Id, Now, Hour);

        var refused = Assert.IsType<TokenVerdict.Refused>(await _host.ValidateAsync(later, Anywhere));

        Assert.Equal("TOKEN_UNKNOWN", refused.Reason.Code);
        Assert.Contains("taken over", refused.Detail, StringComparison.Ordinal);
        Assert.Empty(await EventsAsync(EventKinds.UnknownToken));
    }

    [Fact]
    public async Task Its_key_signs_nothing_for_signet_and_signets_keys_nothing_for_it()
    {
        var issued = await _host.IssueAsync();
        var asOurs = AGateway.ClaimsOf(issued.Token);
        var asTheirs = AGateway.ClaimsOf(issued.Token);
        asTheirs["iss"] = AGateway.Issuer;

        Assert.Equal("UNKNOWN_KEY", await _host.CodeAsync(_gateway.Sign(asOurs), Anywhere));
        Assert.Equal("TOKEN_UNKNOWN", await _host.CodeAsync(_gateway.Sign(asTheirs), Anywhere));
        Assert.Equal("WRONG_ISSUER", await _host.CodeAsync(ForgedToken.Alter(_host, issued.Token, ("iss", AGateway.Issuer)), Anywhere));
    }

    [Fact]
    public async Task Changed_after_it_was_signed_it_is_refused()
    {
        var parts = _token.Split('.');
        var (_, other) = await _gateway.AddTokenAsync(_client.Id, Now, Hour);

        Assert.Equal("INVALID_SIGNATURE", await _host.CodeAsync($"{parts[0]}.{parts[1]}.{other.Split('.')[2]}", Anywhere));
    }

    [Fact]
    public async Task It_expires_and_is_revoked_as_every_token()
    {
        var (other, token) = await _gateway.AddTokenAsync(_client.Id, Now, 2 * Hour);
        await ImportAsync();
        await _host.Get<TokenRevocations>().RevokeAsync(other, "stolen", TokenBuilder.Somebody, RequestOrigin.None, Stop);

        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(token, Anywhere));
        _host.Clock.Advance(Hour + TimeSpan.FromMinutes(1));
        Assert.Equal("TOKEN_EXPIRED", await _host.CodeAsync(_token, Anywhere));
    }

    [Fact]
    public async Task Its_key_is_revoked_as_every_key()
    {
        var key = _host.Get<KeyRing>().All.Single(item => item.Issuer is not null);

        Assert.IsType<KeyRetirementOutcome.StillNeeded>(await _host.Get<KeyRetirement>().RetireAsync(key.KeyId, "old", TokenBuilder.Somebody, Stop));
        await _host.Get<KeyRetirement>().RevokeAsync(key.KeyId, "leaked", TokenBuilder.Somebody, Stop);

        Assert.Equal("KEY_REVOKED", await _host.CodeAsync(_token, Anywhere));
    }

    [Fact]
    public async Task The_report_says_what_it_is()
    {
        var report = await _host.Get<TokenReporter>().ReportAsync(_token, Anywhere, Stop);

        Assert.True(report.Accepted);
        Assert.True(report.ClaimsAreVerified);
        Assert.Equal(_id, report.Ledger?.TokenId);
        Assert.Contains(report.Checks, check => check.Detail.Contains("taken over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gateway_that_signs_with_a_secret_is_taken_over_in_the_same_way()
    {
        var secret = AGateway.Secret();
        var (_, token) = await _gateway.AddTokenAsync(_client.Id, Now, Hour, secret: secret);

        await _host.Get<GatewayImport>().RunAsync(
            (await _gateway.ReadAsync(_host)) with { Key = new KeyImport(secret, KeyAlgorithm.HS256, null, KeyState.Previous, null) },
            TokenBuilder.Somebody,
            null,
            Stop);

        Assert.Null(await _host.CodeAsync(token, Anywhere));
        Assert.Null(await _host.CodeAsync(_token, Anywhere));
    }

    private async Task ImportAsync() => Assert.IsType<GatewayOutcome.Done>(
        await _host.Get<GatewayImport>().RunAsync(await _gateway.ReadAsync(_host), TokenBuilder.Somebody, null, Stop));

    private async Task<IReadOnlyList<SecurityEvent>> EventsAsync(string kind)
    {
        await _host.StopHostedAsync();
        return (await _host.Get<EventLog>().ListAsync(new EventFilter(Kind: kind), null, 100, Stop)).Items;
    }
}
