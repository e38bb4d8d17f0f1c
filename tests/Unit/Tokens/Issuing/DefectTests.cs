using Dashboard.Core.Tokens.Issuing;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Issuing;

/// <summary>Test tokens fail as ordered, and none of them is ever accepted.</summary>
public sealed class DefectTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<string, string> Defects() => new()
    {
        { "expired", "TOKEN_EXPIRED" },
        { "not_yet_valid", "TOKEN_NOT_YET_VALID" },
        { "invalid_signature", "INVALID_SIGNATURE" },
        { "wrong_audience", "WRONG_AUDIENCE" },
        { "missing_claim:sub", "MISSING_CLAIMS" },
        { "missing_claim:iss", "WRONG_ISSUER" },
        { "missing_claim:exp", "MISSING_CLAIMS" },
        { "missing_claim:jti", "MISSING_CLAIMS" },
        { "missing_claim:iat", "MISSING_CLAIMS" },
        { "missing_claim:aud", "WRONG_AUDIENCE" },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task Defect_is_refused_with_its_code_and_marked_in_the_ledger(string name, string code)
    {
        var issued = await _host.IssueAsync(Request(name));

        Assert.Equal(code, await _host.CodeAsync(issued.Token));
        var row = await _host.RowAsync(issued.TokenId);
        Assert.Equal(name, row.Defect);
        Assert.NotNull(row.Revoked);
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task Defect_is_never_accepted_whatever_time_passes_and_whoever_asks(string name, string code)
    {
        var issued = await _host.IssueAsync(Request(name));
        var start = _host.Clock.GetUtcNow();

        foreach (var minutes in (int[])[0, -90, -30, 61, 90, 120, 181, 60 * 24 * 3, -60 * 24 * 3])
        {
            _host.Clock.Jump(start.AddMinutes(minutes));
            Assert.NotNull(await _host.CodeAsync(issued.Token));
            Assert.NotNull(await _host.CodeAsync(issued.Token, new() { Audience = "urn:signet:test:wrong-audience" }));
        }

        await _host.ReopenAsync();
        _host.Clock.Jump(start.AddMinutes(90));
        Assert.NotNull(await _host.CodeAsync(issued.Token));
        _host.Clock.Jump(start);
        Assert.Equal(code, await _host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Not_yet_valid_token_is_revoked_once_its_time_has_come()
    {
        var issued = await _host.IssueAsync(Request("not_yet_valid"));

        _host.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(issued.Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Expired")]
    [InlineData("missing_claim:")]
    [InlineData("missing_claim:scope")]
    public void Parse_name_of_no_defect_is_null(string? name) => Assert.Null(TokenDefect.Parse(name));

    private static TokenRequest Request(string defect)
    {
        var parsed = TokenDefect.Parse(defect);
        Assert.Equal(defect, parsed?.Name);
        return TokenBuilder.Request() with { Defect = parsed };
    }
}
