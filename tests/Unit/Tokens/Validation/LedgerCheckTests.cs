using System.Text.Json.Nodes;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Validation;

/// <summary>What somebody could do who had stolen the signing key.</summary>
public sealed class LedgerCheckTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(hosted: true);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Validate_token_signed_by_us_but_never_issued_refuses_and_raises_an_alert()
    {
        var issued = await _host.IssueAsync();

        var code = await _host.CodeAsync(ForgedToken.Alter(_host, issued.Token, ("jti", "never-issued")));

        Assert.Equal("TOKEN_UNKNOWN", code);
        var alert = Assert.Single(await EventsAsync(EventKinds.UnknownToken));
        Assert.Equal(EventOutcome.Alert, alert.Outcome);
        Assert.Contains(_host.Get<KeyRing>().Current.KeyId, alert.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sub", "\"admin\"")]
    [InlineData("client_id", "\"client-2\"")]
    [InlineData("scope", "\"files:read files:write admin\"")]
    [InlineData("scopes", "[\"admin\"]")]
    [InlineData("exp", "1893600000")]
    [InlineData("iat", "1893499199")]
    [InlineData("aud", "[\"signet\",\"billing\"]")]
    [InlineData("sid", "\"another-session\"")]
    [InlineData("role", "\"administrator\"")]
    [InlineData("fph", "\"x\"")]
    [InlineData("agent_id", "\"agent-1\"")]
    [InlineData("tenant", "\"acme\"")]
    public async Task Validate_issued_id_with_other_claims_refuses_as_unknown(string claim, string value)
    {
        var issued = await _host.IssueAsync();
        var forged = ForgedToken.AlterRaw(_host, issued.Token, claim, value);

        Assert.Equal("TOKEN_UNKNOWN", await _host.CodeAsync(forged));

        await _host.ReopenAsync();
        Assert.Equal("TOKEN_UNKNOWN", await _host.CodeAsync(forged));
        Assert.Null(await _host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Validate_issued_id_without_a_claim_it_had_refuses_as_unknown()
    {
        var issued = await _host.IssueAsync();

        Assert.Equal("TOKEN_UNKNOWN", await _host.CodeAsync(ForgedToken.Alter(_host, issued.Token, ("client_id", null))));
        Assert.Equal("TOKEN_UNKNOWN", await _host.CodeAsync(ForgedToken.Alter(_host, issued.Token, ("nbf", null))));
    }

    [Fact]
    public async Task Validate_issued_claims_signed_by_another_key_of_the_ring_refuses_as_unknown()
    {
        var issued = await _host.IssueAsync();
        var next = _host.Get<KeyRing>().NextOf(KeyAlgorithm.ES256)!;

        var forged = ForgedToken.Sign(next, ForgedToken.Header(next), ForgedToken.PayloadOf(issued.Token));

        Assert.Equal("TOKEN_UNKNOWN", await _host.CodeAsync(forged));
    }

    [Fact]
    public async Task Validate_issued_claims_as_another_kind_refuses()
    {
        var issued = await _host.IssueAsync();
        var key = _host.Get<KeyRing>().Current;
        var claims = JsonNode.Parse(ForgedToken.PayloadOf(issued.Token))!.AsObject();
        (claims["role"], claims["sid"], claims["fph"]) = ("administrator", "s", "f");

        var forged = ForgedToken.Sign(key, ForgedToken.Header(key, "operator+jwt"), claims.ToJsonString());

        Assert.Equal("TOKEN_UNKNOWN", await _host.CodeAsync(forged));
    }

    [Fact]
    public async Task Validate_the_same_claims_again_by_the_same_key_is_the_same_token()
    {
        // A second signature over the same bytes says nothing new: ECDSA signs differently every time.
        var issued = await _host.IssueAsync();

        var again = ForgedToken.Sign(
            _host.Get<KeyRing>().Current, ForgedToken.HeaderOf(issued.Token), ForgedToken.PayloadOf(issued.Token));

        Assert.NotEqual(issued.Token, again);
        Assert.Null(await _host.CodeAsync(again));
    }

    private async Task<IReadOnlyList<SecurityEvent>> EventsAsync(string kind)
    {
        await _host.StopHostedAsync();
        return (await _host.Get<EventLog>().ListAsync(new EventFilter(Kind: kind), null, 100, Stop)).Items;
    }
}
