using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys.Issuers;

/// <summary>Tokens of a trusted issuer against the one list of checks.</summary>
public sealed class ForeignTokenTests : IAsyncLifetime
{
    private ForeignIssuer _issuer = null!;
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _issuer = await ForeignIssuer.StartAsync();
        _host = await _issuer.StartCoreAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Good_token_is_accepted_as_its_issuers_and_never_as_one_of_ours()
    {
        var token = _issuer.Token(_host, [("agent_id", "agent-1"), ("role", "administrator"), ("sid", "s-1"), ("sub", "operator:admin")]);

        var accepted = Assert.IsType<TokenVerdict.Accepted>(await _host.ValidateAsync(token, ForeignIssuer.Accepting())).Token;

        Assert.Equal(ForeignIssuer.Issuer, accepted.Issuer);
        Assert.Equal($"{ForeignIssuer.Issuer}#operator:admin", accepted.Subject);
        Assert.Equal($"{ForeignIssuer.Issuer}#app-1", accepted.Client);
        Assert.Equal(["files:read"], accepted.Scopes);
        Assert.Equal((null, null, null, null, null), (accepted.Kind, accepted.TokenId, accepted.AgentId, accepted.Role, accepted.Session));
        Assert.Empty((await _host.Get<TokenDirectory>().ListAsync(new LedgerFilter(), null, 10, Stop)).Items);
        Assert.Equal(1, _issuer.Server.Requests);
    }

    [Fact]
    public async Task Token_is_refused_wherever_one_of_ours_is_needed()
    {
        var token = _issuer.Token(_host);
        Assert.Null(await _host.CodeAsync(token, ForeignIssuer.Accepting()));

        // Also where its signature is remembered.
        Assert.Equal("WRONG_ISSUER", await _host.CodeAsync(token));
        Assert.Equal(
            "WRONG_TOKEN_TYPE",
            await _host.CodeAsync(token, ForeignIssuer.Accepting() with { Kinds = [TokenKind.Operator] }));
        Assert.Null(await _host.CodeAsync(token, ForeignIssuer.Accepting() with { Kinds = [TokenKind.Access, TokenKind.Minted] }));
    }

    [Theory]
    [InlineData("iss", "https://login.example.com/realms/Main", "WRONG_ISSUER")]
    [InlineData("iss", "https://login.example.com/realms/main/", "WRONG_ISSUER")]
    [InlineData("aud", "https://other.example.com", "WRONG_AUDIENCE")]
    [InlineData("aud", "signet", "WRONG_AUDIENCE")]
    [InlineData("aud", null, "WRONG_AUDIENCE")]
    [InlineData("sub", null, "MISSING_CLAIMS")]
    [InlineData("exp", null, "MISSING_CLAIMS")]
    [InlineData("iat", null, "MISSING_CLAIMS")]
    [InlineData("at_hash", "x", "WRONG_TOKEN_TYPE")]
    [InlineData("nonce", "x", "WRONG_TOKEN_TYPE")]
    [InlineData("typ", "ID", "WRONG_TOKEN_TYPE")]
    [InlineData("typ", "Refresh", "WRONG_TOKEN_TYPE")]
    [InlineData("events", "x", "WRONG_TOKEN_TYPE")]
    [InlineData("cnf", "x", "BINDING_MISMATCH")]
    [InlineData("typ", "Bearer", null)]
    [InlineData("jti", "x", null)]
    public async Task Claims_decide(string claim, string? value, string? code) =>
        Assert.Equal(code, await _host.CodeAsync(_issuer.Token(_host, [(claim, value)]), ForeignIssuer.Accepting()));

    [Theory]
    [InlineData("alg", "none", "ALGORITHM_NOT_ALLOWED")]
    [InlineData("alg", "HS256", "ALGORITHM_NOT_ALLOWED")]
    [InlineData("alg", "RS384", "ALGORITHM_NOT_ALLOWED")]
    [InlineData("alg", "ES256", "ALGORITHM_NOT_ALLOWED")]
    [InlineData("crit", "x", "ALGORITHM_NOT_ALLOWED")]
    [InlineData("typ", "logout+jwt", "WRONG_TOKEN_TYPE")]
    [InlineData("typ", "operator+jwt", "WRONG_TOKEN_TYPE")]
    [InlineData("typ", "dpop+jwt", "WRONG_TOKEN_TYPE")]
    [InlineData("kid", "key-2", "UNKNOWN_KEY")]
    [InlineData("typ", "application/AT+JWT", null)]
    [InlineData("typ", null, null)]
    [InlineData("kid", null, null)]
    [InlineData("alg", "PS256", null)]
    public async Task Header_decides(string member, string? value, string? code) =>
        Assert.Equal(code, await _host.CodeAsync(_issuer.Token(_host, header: [(member, value)]), ForeignIssuer.Accepting()));

    [Fact]
    public async Task Public_key_never_serves_as_a_secret()
    {
        Assert.Null(await _host.CodeAsync(_issuer.Token(_host), ForeignIssuer.Accepting()));
        var payload = ForgedToken.PayloadOf(_issuer.Token(_host));
        foreach (var secret in new[] { _issuer.PublicPem, _issuer.PublicPem + "\n", _issuer.JwksOf("key-1") })
        {
            var forged = ForgedToken.Sign(
                "{\"alg\":\"HS256\",\"kid\":\"key-1\"}", payload, data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), data));

            Assert.Equal("ALGORITHM_NOT_ALLOWED", await _host.CodeAsync(forged, ForeignIssuer.Accepting()));
        }
    }

    [Fact]
    public async Task Changed_token_is_refused_and_so_is_one_without_a_signature()
    {
        var token = _issuer.Token(_host);

        Assert.Equal("INVALID_SIGNATURE", await _host.CodeAsync(ForgedToken.WithSignature(token, new byte[256]), ForeignIssuer.Accepting()));
        Assert.Equal(
            "ALGORITHM_NOT_ALLOWED",
            await _host.CodeAsync($"{ForgedToken.EncodeHeader("{\"alg\":\"none\"}")}.{token.Split('.')[1]}.", ForeignIssuer.Accepting()));
    }

    [Fact]
    public async Task Audience_that_the_caller_names_is_needed_beside_that_of_the_issuer()
    {
        const string Resource = "https://api.example.com/mcp";
        var both = _issuer.Token(_host, [("aud", new JsonArray(ForeignIssuer.Audience, Resource))]);
        var other = _issuer.Token(_host, [("aud", Resource)]);

        Assert.Null(await _host.CodeAsync(both, ForeignIssuer.Accepting(Resource)));
        Assert.Equal("WRONG_AUDIENCE", await _host.CodeAsync(other, ForeignIssuer.Accepting(Resource)));
        Assert.Equal("WRONG_AUDIENCE", await _host.CodeAsync(_issuer.Token(_host), ForeignIssuer.Accepting(Resource)));
    }

    [Fact]
    public async Task Expired_token_is_refused_also_where_its_signature_is_remembered()
    {
        var token = _issuer.Token(_host);
        Assert.Null(await _host.CodeAsync(token, ForeignIssuer.Accepting()));

        _host.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("TOKEN_EXPIRED", await _host.CodeAsync(token, ForeignIssuer.Accepting()));
    }

    [Fact]
    public async Task Scopes_are_needed_as_of_ours()
    {
        var token = _issuer.Token(_host);

        Assert.Null(await _host.CodeAsync(token, ForeignIssuer.Accepting() with { RequiredScopes = ["files:read"] }));
        Assert.Equal("INSUFFICIENT_SCOPE", await _host.CodeAsync(token, ForeignIssuer.Accepting() with { RequiredScopes = ["admin"] }));
    }

    [Fact]
    public async Task Issuers_with_keys_of_the_same_name_are_kept_apart()
    {
        const string Second = "https://second.example.com";
        await using var other = await ForeignIssuer.StartAsync();
        var settings = other.Settings(1, Second);
        settings["Keys:TrustedIssuers:1:JwksUri"] = null;
        settings["Keys:TrustedIssuers:1:PublicKey"] = other.PublicPem;
        await using var host = await _issuer.StartCoreAsync(settings);

        Assert.Null(await host.CodeAsync(_issuer.Token(host), ForeignIssuer.Accepting()));
        Assert.Null(await host.CodeAsync(other.Token(host, [("iss", Second)]), ForeignIssuer.Accepting()));
        Assert.Equal("INVALID_SIGNATURE", await host.CodeAsync(_issuer.Token(host, [("iss", Second)]), ForeignIssuer.Accepting()));
        Assert.Equal("INVALID_SIGNATURE", await host.CodeAsync(other.Token(host), ForeignIssuer.Accepting()));
        Assert.Equal("INVALID_SIGNATURE", await host.CodeAsync(_issuer.Token(host, [("iss", Second)], [("kid", "any")]), ForeignIssuer.Accepting()));
    }

    [Fact]
    public async Task Shared_secret_verifies_its_issuers_tokens()
    {
        const string Secret = "kQ4-a9zLm2_Xv7bT0eYw6RcU3sHd8JfN";
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Keys:TrustedIssuers:0:Issuer"] = ForeignIssuer.Issuer,
            ["Keys:TrustedIssuers:0:Secret"] = Secret,
            ["Keys:TrustedIssuers:0:Audiences:0"] = ForeignIssuer.Audience,
            ["Keys:TrustedIssuers:0:Algorithms:0"] = "HS256",
        });
        var payload = ForgedToken.PayloadOf(_issuer.Token(host));

        Assert.Null(await host.CodeAsync(Signed(Secret), ForeignIssuer.Accepting()));
        Assert.Equal("INVALID_SIGNATURE", await host.CodeAsync(Signed(Secret + "x"), ForeignIssuer.Accepting()));
        Assert.Equal("ALGORITHM_NOT_ALLOWED", await host.CodeAsync(_issuer.Token(host), ForeignIssuer.Accepting()));
        Assert.Empty(ForeignIssuer.Health(host).Keys);

        string Signed(string secret) => ForgedToken.Sign(
            "{\"alg\":\"HS256\"}", payload, data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), data));
    }

    [Fact]
    public async Task Report_names_the_issuer_and_says_what_is_not_for_us_to_know()
    {
        var report = await ForeignIssuer.ReportAsync(_host, _issuer.Token(_host));

        Assert.True(report.Accepted, report.Cause);
        Assert.Equal(("Login 0", ForeignIssuer.Issuer), (report.Issuer!.Name, report.Issuer.Issuer));
        Assert.Null(report.Ledger);
        Assert.True(report.ClaimsAreVerified);
        Assert.All(report.Checks, check => Assert.Equal(CheckStatus.Passed, check.Status));
        Assert.Contains("last fetched", DetailOf("key"), StringComparison.Ordinal);
        Assert.Contains("Issued by Login 0 and not kept here", DetailOf("ledger"), StringComparison.Ordinal);

        string DetailOf(string name) => report.Checks.Single(check => check.Name == name).Detail;
    }

    [Fact]
    public async Task Report_where_only_ours_will_do_says_so()
    {
        var report = await ForeignIssuer.ReportAsync(_host, _issuer.Token(_host), new ValidationContext());

        Assert.Equal("WRONG_ISSUER", report.Code);
        Assert.Contains("Login 0 is a trusted issuer", report.Cause, StringComparison.Ordinal);
        Assert.Equal(_host.Get<Microsoft.Extensions.Options.IOptions<SignetOptions>>().Value.Audience, report.Context.Audience);
    }
}
