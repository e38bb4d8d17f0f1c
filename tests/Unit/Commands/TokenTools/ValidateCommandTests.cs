using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands.TokenTools;

/// <summary><c>token validate</c> on the store of a server that runs meanwhile.</summary>
public sealed class ValidateCommandTests : IAsyncLifetime
{
    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _runner = await CommandRunner.StartAsync();
        _runner.Host.Clock.Jump(TimeProvider.System.GetUtcNow());
    }

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task A_good_token_is_accepted_and_counts_as_no_presentation()
    {
        var issued = await _runner.Host.IssueAsync();

        Assert.Equal(0, await _runner.RunAsync("token", "validate", issued.Token, "--scope", "files:read", "--scope", "files:write"));

        var text = _runner.Answer();
        Assert.StartsWith("Accepted", text, StringComparison.Ordinal);
        Assert.Matches(@"signature +passed", text);
        Assert.Contains("In the ledger: access", text, StringComparison.Ordinal);
        Assert.Null((await _runner.Host.RowAsync(issued.TokenId)).Presented);
    }

    [Theory]
    [InlineData("WRONG_AUDIENCE", "audience", "--audience", "https://other.example.com")]
    [InlineData("INSUFFICIENT_SCOPE", "scope", "--scope", "files:read,files:delete")]
    [InlineData("TOKEN_EXPIRED", "lifetime", "--at", "2099-01-01T00:00:00Z")]
    public async Task A_refusal_ends_with_1_and_says_why_and_what_to_do(string code, string check, params string[] options)
    {
        var issued = await _runner.Host.IssueAsync();

        Assert.Equal(1, await _runner.RunAsync(["token", "validate", issued.Token, .. options]));

        var text = _runner.Answer();
        Assert.StartsWith($"Refused: {code}", text, StringComparison.Ordinal);
        Assert.Matches($@"{check} +FAILED", text);
        Assert.Contains("caller", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_is_that_of_the_inspector()
    {
        var issued = await _runner.Host.IssueAsync();
        await _runner.Host.Get<TokenRevocations>().RevokeAsync(
            issued.TokenId, "stolen", Actor.OfCommand("bob"), RequestOrigin.None, Stop);
        _runner.Pipes($"Authorization: Bearer {issued.Token}");

        Assert.Equal(1, await _runner.RunAsync("token", "validate", "-", "--json"));

        var answer = TokenBuilder.Json(_runner.Answer());
        var report = answer.GetProperty("report");
        Assert.Equal("an Authorization header", answer.GetProperty("found_in").GetString());
        Assert.Equal("TOKEN_REVOKED", report.GetProperty("code").GetString());
        Assert.Contains("stolen", report.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.False(report.GetProperty("accepted").GetBoolean());
        Assert.True(report.GetProperty("claims_are_verified").GetBoolean());
        Assert.Equal(14, report.GetProperty("checks").GetArrayLength());
        Assert.Equal(issued.TokenId, report.GetProperty("ledger").GetProperty("token_id").GetString());
    }

    [Fact]
    public async Task Without_verifying_it_is_decoded()
    {
        var issued = await _runner.Host.IssueAsync();

        Assert.Equal(0, await _runner.RunAsync("token", "validate", issued.Token, "--no-verify"));

        Assert.StartsWith("Nothing was verified", _runner.Answer(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "MALFORMED_TOKEN", "certainly-not")]
    [InlineData(2, "no token", "")]
    [InlineData(2, "--issuer goes with", "certainly-not", "--issuer", "a")]
    [InlineData(2, "not both", "certainly-not", "--key", "a", "--secret-file", "b")]
    [InlineData(2, "cannot be read", "certainly-not", "--key", "/nowhere/at/all")]
    [InlineData(3, "no ", "certainly-not", "--Signet:DataFolder=/nowhere/at/all", "--Storage:RedisPrefix=nowhere")]
    public async Task What_cannot_be_judged_ends_with_its_code(int code, string said, params string[] arguments)
    {
        Assert.Equal(code, await _runner.RunAsync(["token", "validate", .. arguments]));

        Assert.Contains(said, _runner.Said + _runner.Answer(), StringComparison.OrdinalIgnoreCase);
    }
}
