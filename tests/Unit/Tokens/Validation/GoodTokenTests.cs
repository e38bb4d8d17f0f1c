using Dashboard.Core.Keys;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Validation;

public sealed class GoodTokenTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    [InlineData("HS256")]
    public async Task Validate_good_token_accepts_it_with_what_was_asked_for(string algorithm)
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?> { ["Keys:Algorithm"] = algorithm });
        var issued = await host.IssueAsync();

        var accepted = Assert.IsType<TokenVerdict.Accepted>(await host.ValidateAsync(issued.Token));

        Assert.Equal(issued.TokenId, accepted.Token.TokenId);
        Assert.Equal(TokenKind.Access, accepted.Token.Kind);
        Assert.Equal("user-1", accepted.Token.Subject);
        Assert.Equal("client-1", accepted.Token.Client);
        Assert.Equal(["files:read", "files:write"], accepted.Token.Scopes);
        Assert.Equal(host.Clock.GetUtcNow(), accepted.Token.IssuedAt);
        Assert.Equal(host.Clock.GetUtcNow().AddHours(1), accepted.Token.ExpiresAt);
        Assert.Equal(Enum.Parse<KeyAlgorithm>(algorithm), host.Get<KeyRing>().Current.Algorithm);
    }

    [Fact]
    public async Task Validate_after_a_restart_still_accepts()
    {
        await using var host = await CoreHost.StartAsync();
        var issued = await host.IssueAsync();

        await host.ReopenAsync();

        Assert.Null(await host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Report_on_a_good_token_passes_every_check_and_says_what_it_saw()
    {
        await using var host = await CoreHost.StartAsync();
        var issued = await host.IssueAsync();

        var report = await host.Get<TokenReporter>().ReportAsync(
            issued.Token, new ValidationContext { RequiredScopes = ["files:read"] }, Stop);

        Assert.True(report.Accepted);
        Assert.Null(report.Code);
        Assert.True(report.ClaimsAreVerified);
        Assert.All(report.Checks, check =>
        {
            Assert.Equal(CheckStatus.Passed, check.Status);
            Assert.NotEqual("", check.Detail);
        });
        Assert.Equal(
            [
                "format", "algorithm", "issuer", "key", "signature", "type", "claims", "lifetime", "audience", "ledger",
                "revocation", "subject", "binding", "scope",
            ],
            report.Checks.Select(check => check.Name));
        Assert.Equal(issued.TokenId, report.Ledger?.TokenId);
    }
}
