using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Validation;

/// <summary>The same good token against what different callers expect.</summary>
public sealed class ContextTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(new Dictionary<string, string?>
    {
        ["Scopes:Hierarchy:admin:0"] = "files:*",
        ["Scopes:Hierarchy:files:write:0"] = "files:read",
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Validate_for_another_audience_refuses_with_both()
    {
        var issued = await _host.IssueAsync();

        var refused = Assert.IsType<TokenVerdict.Refused>(
            await _host.ValidateAsync(issued.Token, new ValidationContext { Audience = "billing" }));

        Assert.Equal("WRONG_AUDIENCE", refused.Reason.Code);
        Assert.Equal("billing", refused.Facts.ExpectedAudience);
        Assert.Equal(["signet"], refused.Facts.ActualAudience);
    }

    [Fact]
    public async Task Validate_for_the_audience_it_was_made_for_accepts()
    {
        var issued = await _host.IssueAsync(TokenBuilder.Request() with { Audience = "billing" });

        Assert.Null(await _host.CodeAsync(issued.Token, new ValidationContext { Audience = "billing" }));
        Assert.Equal("WRONG_AUDIENCE", await _host.CodeAsync(issued.Token));
    }

    [Theory]
    [InlineData("files:read", null)]
    [InlineData("files:read files:write", null)]
    [InlineData("files:delete", "INSUFFICIENT_SCOPE")]
    [InlineData("files:read admin", "INSUFFICIENT_SCOPE")]
    [InlineData("Files:Read", "INSUFFICIENT_SCOPE")]
    [InlineData("files", "INSUFFICIENT_SCOPE")]
    [InlineData("", "INSUFFICIENT_SCOPE")]
    public async Task Validate_for_scopes_needs_all_of_them(string required, string? code)
    {
        var issued = await _host.IssueAsync();

        Assert.Equal(code, await _host.CodeAsync(issued.Token, new ValidationContext { RequiredScopes = required.Split(' ') }));
    }

    [Fact]
    public async Task Validate_for_a_scope_that_another_implies_accepts()
    {
        var issued = await _host.IssueAsync(TokenBuilder.Request() with { Scopes = ["admin"] });

        Assert.Null(await _host.CodeAsync(issued.Token, new ValidationContext { RequiredScopes = ["files:delete"] }));
    }

    [Fact]
    public async Task Validate_lacking_scope_refuses_with_required_and_held()
    {
        var issued = await _host.IssueAsync();

        var refused = Assert.IsType<TokenVerdict.Refused>(
            await _host.ValidateAsync(issued.Token, new ValidationContext { RequiredScopes = ["admin"] }));

        Assert.Equal(["admin"], refused.Facts.RequiredScopes);
        Assert.Equal(["files:read", "files:write"], refused.Facts.HeldScopes);
    }

    [Fact]
    public async Task Validate_where_only_operators_may_act_refuses_an_access_token()
    {
        var issued = await _host.IssueAsync();

        Assert.Equal(
            "WRONG_TOKEN_TYPE",
            await _host.CodeAsync(issued.Token, new ValidationContext { Kinds = [TokenKind.Operator] }));
        Assert.Null(await _host.CodeAsync(issued.Token, new ValidationContext { Kinds = [TokenKind.Access, TokenKind.Operator] }));
    }

    [Theory]
    [InlineData("role")]
    [InlineData("sid")]
    [InlineData("fph")]
    public async Task Validate_operator_token_without_what_operators_need_refuses(string claim)
    {
        var issued = await _host.IssueAsync(TokenBuilder.Request(TokenKind.Operator) with
        {
            Role = "administrator",
            Session = "s-1",
            FingerprintHash = "f",
        });

        var refused = Assert.IsType<TokenVerdict.Refused>(
            await _host.ValidateAsync(ForgedToken.Alter(_host, issued.Token, (claim, null))));

        Assert.Equal("MISSING_CLAIMS", refused.Reason.Code);
        Assert.Equal([claim], refused.Facts.MissingClaims);
    }
}
