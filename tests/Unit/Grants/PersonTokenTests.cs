using Dashboard.Core.Tokens;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Grants;

/// <summary>Subjects that are people: who may issue them, and what an account has to do with them.</summary>
public sealed class PersonTokenTests : IAsyncLifetime
{
    private GrantCore _core = null!;

    public async ValueTask InitializeAsync() => _core = await GrantCore.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Theory]
    [InlineData("user:anna", null)]
    [InlineData("USER:anna", "anna")]
    [InlineData("user:anna", "root")]
    public async Task Only_a_grant_issues_them(string subject, string? userName)
    {
        var request = TokenBuilder.Request() with { Subject = subject, UserName = userName };

        Assert.Equal("subject", Assert.Single(await _core.Host.FaultsAsync(request)).Field);
    }

    [Fact]
    public async Task Minted_one_is_good_without_an_account_and_refused_with_one_that_is_disabled()
    {
        var anna = await MintAsync("user:anna");
        var nobody = await MintAsync("user:nobody");
        Assert.Null(await _core.Host.CodeAsync(anna));

        await _core.DisableAnnaAsync();

        Assert.Equal("SUBJECT_DISABLED", await _core.Host.CodeAsync(anna));
        Assert.Null(await _core.Host.CodeAsync(nobody));
    }

    [Fact]
    public async Task Granted_one_needs_an_account()
    {
        var issued = await _core.Host.IssueAsync(TokenBuilder.Request() with { Subject = "user:gone", UserName = "gone" });

        Assert.Equal("SUBJECT_DISABLED", await _core.Host.CodeAsync(issued.Token));
    }

    private async Task<string> MintAsync(string subject) =>
        (await _core.Host.IssueAsync(TokenBuilder.Request(TokenKind.Minted) with { Subject = subject })).Token;
}
