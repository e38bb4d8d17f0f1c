using Dashboard.Core.Grants;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Grants;

public sealed class TokenRevocationByClientTests : IAsyncLifetime
{
    private GrantCore _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _core = await GrantCore.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Refresh_token_goes_with_all_that_came_of_it()
    {
        var tokens = await _core.SignInAsync();

        await RevokeAsync(tokens.RefreshToken!);
        await RevokeAsync(tokens.RefreshToken!);

        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(tokens.AccessToken));
        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(tokens.RefreshToken!));
    }

    [Fact]
    public async Task Access_token_goes_alone()
    {
        var (tokens, own) = (await _core.SignInAsync(), Assert.IsType<GrantOutcome.Granted>(await _core.AskAsync(GrantCore.App)));

        await RevokeAsync(tokens.AccessToken);
        await RevokeAsync(own.AccessToken);

        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(tokens.AccessToken));
        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(own.AccessToken));
        Assert.Equal("client:client_app", (await _core.Host.RowAsync(own.TokenId)).Revoked!.By);
        Assert.IsType<GrantOutcome.Granted>(await _core.RefreshAsync(tokens.RefreshToken!));
    }

    [Fact]
    public async Task Tokens_of_others_and_texts_that_are_none_change_nothing()
    {
        var tokens = await _core.SignInAsync();
        var minted = await _core.Host.IssueAsync();

        await RevokeAsync(tokens.AccessToken, "client_other");
        await RevokeAsync(tokens.RefreshToken!, "client_other");
        await RevokeAsync(minted.Token);
        foreach (var text in new[] { "", "x", "a.b.c", tokens.RefreshToken![..^1] + "~", new string('x', 100_000), tokens.TokenId })
        {
            await RevokeAsync(text);
        }

        Assert.Null(await _core.Host.CodeAsync(tokens.AccessToken));
        Assert.Null(await _core.Host.CodeAsync(minted.Token));
        Assert.IsType<GrantOutcome.Granted>(await _core.RefreshAsync(tokens.RefreshToken!));
    }

    [Fact]
    public async Task Twin_with_a_bad_signature_or_other_claims_changes_nothing()
    {
        var token = (await _core.SignInAsync()).AccessToken;
        var last = token[^2] is 'A' ? 'B' : 'A';

        await RevokeAsync(token[..^2] + last + token[^1]);
        await RevokeAsync(string.Join('.', [.. token.Split('.')[..2], ""]));
        await RevokeAsync(ForgedToken.Alter(_core.Host, token, ("scope", "admin")));

        Assert.Null(await _core.Host.CodeAsync(token));
    }

    private Task RevokeAsync(string token, string client = "client_app") => _core.Host.Get<TokenRevocationByClient>().RevokeAsync(
        GrantCore.App with { Id = client }, token, GrantCore.Origin, Stop);
}
