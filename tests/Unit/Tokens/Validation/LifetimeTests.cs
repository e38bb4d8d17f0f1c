using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Validation;

public sealed class LifetimeTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(29)]
    public async Task Validate_within_skew_after_expiry_accepts(int secondsAfterExpiry)
    {
        var issued = await _host.IssueAsync();
        _host.Clock.Advance(issued.Lifetime + TimeSpan.FromSeconds(secondsAfterExpiry));

        Assert.Null(await _host.CodeAsync(issued.Token));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(1_000_000_000)]
    public async Task Validate_at_end_of_skew_or_later_refuses_as_expired(int secondsAfterExpiry)
    {
        var issued = await _host.IssueAsync();
        _host.Clock.Advance(issued.Lifetime + TimeSpan.FromSeconds(secondsAfterExpiry));

        var refused = Assert.IsType<TokenVerdict.Refused>(await _host.ValidateAsync(issued.Token));

        Assert.Equal("TOKEN_EXPIRED", refused.Reason.Code);
        Assert.Equal(issued.ExpiresAt, refused.Facts.ExpiredAt);
        Assert.Equal(issued.ExpiresAt - issued.Lifetime, refused.Facts.IssuedAt);
    }

    [Fact]
    public async Task Validate_a_token_that_was_seen_before_still_ends_with_its_expiry()
    {
        var issued = await _host.IssueAsync();
        Assert.Null(await _host.CodeAsync(issued.Token));

        _host.Clock.Advance(issued.Lifetime + TimeSpan.FromSeconds(30));

        Assert.Equal("TOKEN_EXPIRED", await _host.CodeAsync(issued.Token));
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(31, "TOKEN_NOT_YET_VALID")]
    [InlineData(1_000_000_000, "TOKEN_NOT_YET_VALID")]
    public async Task Validate_by_a_clock_behind_the_issuer_allows_the_skew_and_no_more(int seconds, string? code)
    {
        var issued = await _host.IssueAsync();
        _host.Clock.Jump(_host.Clock.GetUtcNow().AddSeconds(-seconds));

        Assert.Equal(code, await _host.CodeAsync(issued.Token));
    }

    [Theory]
    [InlineData("nbf", 30, "TOKEN_UNKNOWN")]
    [InlineData("nbf", 31, "TOKEN_NOT_YET_VALID")]
    [InlineData("iat", 30, "TOKEN_UNKNOWN")]
    [InlineData("iat", 31, "TOKEN_NOT_YET_VALID")]
    public async Task Validate_dates_in_the_future_allows_the_skew_and_no_more(string claim, int seconds, string code)
    {
        // One that passes the clock is refused later, because Signet never issued it.
        var issued = await _host.IssueAsync();
        var then = _host.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds;

        Assert.Equal(code, await _host.CodeAsync(ForgedToken.AlterRaw(_host, issued.Token, claim, $"{then}")));
    }

    [Theory]
    [InlineData("00:00:00", 0)]
    [InlineData("00:01:00", 60)]
    public async Task Validate_uses_the_configured_skew(string skew, int seconds)
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?> { ["Tokens:ClockSkew"] = skew });
        var issued = await host.IssueAsync();

        host.Clock.Advance(issued.Lifetime + TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.Null(await host.CodeAsync(issued.Token));

        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("TOKEN_EXPIRED", await host.CodeAsync(issued.Token));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "TOKEN_NOT_YET_VALID")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "TOKEN_EXPIRED")]
    public async Task Inspect_at_the_ends_of_time_answers(string at, string code)
    {
        var issued = await _host.IssueAsync();

        var report = await _host.Get<TokenReporter>().ReportAsync(
            issued.Token,
            new ValidationContext { At = DateTimeOffset.Parse(at) },
            TestContext.Current.CancellationToken);

        Assert.Equal(code, report.Code);
    }
}
