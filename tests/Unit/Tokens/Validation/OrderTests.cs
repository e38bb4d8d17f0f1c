using Dashboard.Core.Keys;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Validation;

/// <summary>Of several faults the caller hears of the first; the report names them all.</summary>
public sealed class OrderTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Faults_removed_one_by_one_give_the_codes_in_order()
    {
        var key = _host.Get<KeyRing>().Current;
        var another = _host.Get<KeyRing>().NewKey(KeyAlgorithm.ES256);
        var now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        const string Wrong = "\"iss\":\"https://evil.example\",\"aud\":\"x\",\"jti\":\"never\",\"exp\":1";
        var ours = $"\"iss\":\"{CoreHost.Issuer}\",\"aud\":\"x\",\"jti\":\"never\"";
        string[] tokens =
        [
            ForgedToken.Sign(another, "{\"alg\":\"none\",\"kid\":\"x\"}", "[]"),
            ForgedToken.Sign(another, "{\"alg\":\"none\",\"kid\":\"x\"}", $"{{{Wrong}}}"),
            ForgedToken.Sign(another, "{\"alg\":\"ES256\",\"kid\":\"x\"}", $"{{{Wrong}}}"),
            ForgedToken.Sign(another, "{\"alg\":\"ES256\",\"kid\":\"x\"}", $"{{{ours},\"exp\":1}}"),
            ForgedToken.Sign(another, ForgedToken.Header(key, "JWT"), $"{{{ours},\"exp\":1}}"),
            ForgedToken.Sign(key, ForgedToken.Header(key, "JWT"), $"{{{ours},\"exp\":1}}"),
            ForgedToken.Sign(key, ForgedToken.Header(key), $"{{{ours},\"exp\":1}}"),
            ForgedToken.Sign(key, ForgedToken.Header(key), $"{{{ours},\"sub\":\"a\",\"iat\":{now},\"nbf\":{now + 99},\"exp\":1}}"),
            ForgedToken.Sign(key, ForgedToken.Header(key), $"{{{ours},\"sub\":\"a\",\"iat\":{now},\"exp\":1}}"),
            ForgedToken.Sign(key, ForgedToken.Header(key), $"{{{ours},\"sub\":\"a\",\"iat\":{now},\"exp\":{now + 9}}}"),
        ];
        List<string?> codes = [];

        foreach (var token in tokens)
        {
            codes.Add(await _host.CodeAsync(token));
        }

        Assert.Equal(
            [
                "MALFORMED_TOKEN", "ALGORITHM_NOT_ALLOWED", "WRONG_ISSUER", "UNKNOWN_KEY", "INVALID_SIGNATURE",
                "WRONG_TOKEN_TYPE", "MISSING_CLAIMS", "TOKEN_NOT_YET_VALID", "TOKEN_EXPIRED", "WRONG_AUDIENCE",
            ],
            codes);
    }

    [Fact]
    public async Task Report_on_an_unreadable_token_marks_every_later_check_as_not_reached()
    {
        var report = await ReportAsync("not a token");

        Assert.Equal("MALFORMED_TOKEN", report.Code);
        Assert.Equal(CheckStatus.Failed, report.Checks[0].Status);
        Assert.All(report.Checks.Skip(1), check => Assert.Equal(CheckStatus.NotReached, check.Status));
        Assert.Null(report.Claims);
        Assert.False(report.ClaimsAreVerified);
    }

    [Fact]
    public async Task Report_on_several_faults_names_each_and_the_first_as_the_cause()
    {
        var issued = await _host.IssueAsync();
        var forged = ForgedToken.Alter(_host, issued.Token, ("exp", 1), ("aud", "billing"), ("sub", null));

        var report = await ReportAsync(forged, new ValidationContext { RequiredScopes = ["admin"] });

        Assert.Equal(
            ["MISSING_CLAIMS", "TOKEN_EXPIRED", "WRONG_AUDIENCE", "TOKEN_UNKNOWN", "INSUFFICIENT_SCOPE"],
            report.Checks.Where(check => check.Status is CheckStatus.Failed).Select(check => check.Code));
        Assert.Equal("MISSING_CLAIMS", report.Code);
        Assert.Contains("sub", report.Cause, StringComparison.Ordinal);
        Assert.NotEqual("", report.NextStep);
    }

    [Fact]
    public async Task Report_on_a_forged_signature_shows_no_row_of_the_ledger()
    {
        var issued = await _host.IssueAsync();
        var signature = new byte[64];

        var report = await ReportAsync(ForgedToken.WithSignature(issued.Token, signature));

        Assert.Null(report.Ledger);
        Assert.False(report.ClaimsAreVerified);
        Assert.Equal(CheckStatus.NotReached, report.Checks.Single(check => check.Name == "ledger").Status);
        Assert.Equal(CheckStatus.NotReached, report.Checks.Single(check => check.Name == "revocation").Status);
    }

    [Theory]
    [InlineData("jku", "\"http://127.0.0.1:9/jwks.json\"")]
    [InlineData("x5u", "\"http://127.0.0.1:9/cert\"")]
    [InlineData("jwk", "{\"kty\":\"oct\",\"k\":\"AAAA\"}")]
    [InlineData("x5c", "[\"MIIB\"]")]
    public async Task Keys_carried_in_the_header_are_ignored_and_reported(string member, string value)
    {
        var issued = await _host.IssueAsync();
        var header = ForgedToken.HeaderOf(issued.Token)[..^1] + $",\"{member}\":{value}}}";

        var report = await ReportAsync(ForgedToken.WithHeader(_host, issued.Token, header));

        Assert.True(report.Accepted);
        Assert.Contains(member, report.Checks.Single(check => check.Name == "algorithm").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    public async Task Report_on_an_unsigned_token_names_the_algorithm_and_shows_the_claims(string algorithm)
    {
        var payload = (await _host.IssueAsync()).Token.Split('.')[1];

        var report = await ReportAsync($"{ForgedToken.EncodeHeader($$"""{"alg":"{{algorithm}}"}""")}.{payload}.");

        Assert.Equal("ALGORITHM_NOT_ALLOWED", report.Code);
        Assert.Contains("not signed at all", report.Cause, StringComparison.Ordinal);
        Assert.Equal("user-1", report.Claims!.Value.GetProperty("sub").GetString());
        Assert.False(report.ClaimsAreVerified);
    }

    [Fact]
    public async Task A_key_carried_in_the_header_verifies_nothing()
    {
        var issued = await _host.IssueAsync();
        var own = _host.Get<KeyRing>().NewKey(KeyAlgorithm.ES256);
        var jwk = System.Text.Encoding.UTF8.GetString(Jwks.Write([own]))["{\"keys\":[".Length..^2];
        var header = ForgedToken.HeaderOf(issued.Token)[..^1] + $",\"jwk\":{jwk}}}";

        Assert.Equal(
            "INVALID_SIGNATURE",
            await _host.CodeAsync(ForgedToken.Sign(own, header, ForgedToken.PayloadOf(issued.Token))));
    }

    private Task<TokenReport> ReportAsync(string token, ValidationContext? context = null) =>
        _host.Get<TokenReporter>().ReportAsync(token, context ?? new ValidationContext(), Stop);
}
