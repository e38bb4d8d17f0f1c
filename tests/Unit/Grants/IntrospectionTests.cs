using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Grants;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Grants;

public sealed class IntrospectionTests : IAsyncLifetime
{
    private static readonly Client Other = GrantCore.App with { Id = "client_other" };

    private GrantCore _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _core = await GrantCore.StartAsync(
        [GrantCore.App, GrantCore.App with { Id = "client_off", State = ClientState.Disabled }]);

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Access_token_tells_its_client_everything()
    {
        var tokens = await _core.SignInAsync(GrantCore.Grant(resource: GrantCore.Api));

        var answer = await AskAsync(GrantCore.App, tokens.AccessToken);

        Assert.Equivalent(
            new IntrospectionAnswer
            {
                Scope = "files:read profile",
                ClientId = "client_app",
                UserName = "anna",
                TokenType = "Bearer",
                ExpiresAt = _core.Host.Clock.GetUtcNow().AddHours(1),
                IssuedAt = _core.Host.Clock.GetUtcNow(),
                NotBefore = _core.Host.Clock.GetUtcNow(),
                Subject = "user:anna",
                Audiences = [GrantCore.Api],
                Issuer = CoreHost.Issuer,
                TokenId = tokens.TokenId,
            },
            answer,
            strict: true);
    }

    [Fact]
    public async Task Refresh_token_is_active_for_its_client_until_it_is_used()
    {
        var tokens = await _core.SignInAsync();

        var answer = await AskAsync(GrantCore.App, tokens.RefreshToken!);

        Assert.NotNull(answer);
        Assert.Equal(("files:read profile", "anna", (string?)null), (answer.Scope!, answer.UserName!, answer.TokenType));
        Assert.Equal(_core.Host.Clock.GetUtcNow().AddDays(365), answer.ExpiresAt);
        Assert.Null(await AskAsync(Other, tokens.RefreshToken!));
        Assert.Null(await AskAsync(Other with { Resources = ["signet"] }, tokens.RefreshToken!));
        Assert.NotNull(await AskAsync(Other with { MayIntrospectAll = true }, tokens.RefreshToken!));
        Assert.NotNull(await AskAsync(null, tokens.RefreshToken!));
        await _core.RefreshAsync(tokens.RefreshToken!);
        Assert.Null(await AskAsync(GrantCore.App, tokens.RefreshToken!));
        Assert.Null(await AskAsync(null, tokens.RefreshToken![..^1] + "-"));
    }

    [Fact]
    public async Task Refresh_token_that_could_not_be_redeemed_is_not_active()
    {
        var (revoked, expired) = (await _core.SignInAsync(), await _core.SignInAsync());
        var off = GrantCore.App with { Id = "client_off" };
        var disabled = await _core.SignInAsync(GrantCore.Grant() with { ClientId = "client_off" }, off);
        await _core.Host.Get<TokenRevocationByClient>().RevokeAsync(GrantCore.App, revoked.RefreshToken!, GrantCore.Origin, Stop);

        Assert.Null(await AskAsync(null, revoked.RefreshToken!));
        Assert.Null(await AskAsync(null, disabled.RefreshToken!));
        Assert.NotNull(await AskAsync(null, expired.RefreshToken!));
        await _core.DisableAnnaAsync();
        Assert.Null(await AskAsync(null, expired.RefreshToken!));
    }

    [Fact]
    public async Task Token_of_others_is_not_active_and_the_asking_is_recorded_but_is_no_presentation()
    {
        var tokens = await _core.SignInAsync(GrantCore.Grant(resource: GrantCore.Api));

        Assert.Null(await AskAsync(Other, tokens.AccessToken));

        var refusal = Assert.Single(await _core.EventsAsync(EventKinds.IntrospectionRefused));
        Assert.Equal(("client_other", GrantCore.Origin), (refusal.Client!, refusal.Origin));
        Assert.Null((await _core.Host.RowAsync(tokens.TokenId)).Presented);
    }

    [Fact]
    public async Task Api_may_ask_about_tokens_for_it_and_some_about_all()
    {
        var tokens = await _core.SignInAsync(GrantCore.Grant(resource: GrantCore.Api));
        var forOther = await _core.Host.IssueAsync(TokenBuilder.Request() with { Audience = "client_other" });

        Assert.Null(await AskAsync(Other with { Resources = [GrantCore.Api] }, tokens.AccessToken));
        Assert.NotNull(await AskAsync(Other with { Audiences = [GrantCore.Api] }, tokens.AccessToken));
        Assert.NotNull(await AskAsync(Other with { MayIntrospectAll = true }, tokens.AccessToken));
        Assert.NotNull(await AskAsync(null, tokens.AccessToken));
        Assert.NotNull(await AskAsync(Other, forOther.Token));
        Assert.Null(await AskAsync(GrantCore.App, forOther.Token));
    }

    [Fact]
    public async Task Whatever_validation_refuses_is_not_active()
    {
        var tokens = await _core.SignInAsync();
        var expired = await _core.Host.IssueAsync(TokenBuilder.Request() with { Defect = new TokenDefect.Expired() });
        var forged = ForgedToken.Alter(_core.Host, tokens.AccessToken, ("client_id", "client_other"));

        Assert.Null(await AskAsync(null, expired.Token));
        Assert.Null(await AskAsync(Other, forged));
        foreach (var text in new[] { "", "x", "a.b.c", new string('x', 100_000) })
        {
            Assert.Null(await AskAsync(null, text));
        }

        await _core.Host.Get<TokenRevocationByClient>().RevokeAsync(GrantCore.App, tokens.AccessToken, GrantCore.Origin, Stop);
        Assert.Null(await AskAsync(null, tokens.AccessToken));
    }

    [Fact]
    public async Task Token_that_is_bound_to_a_client_is_active_though_it_is_somebody_else_who_asks()
    {
        var bound = await _core.Host.IssueAsync(TokenBuilder.Request(TokenKind.Minted) with { FingerprintHash = "hash" });

        Assert.Equal("FINGERPRINT_MISMATCH", await _core.Host.CodeAsync(bound.Token));
        Assert.NotNull(await AskAsync(null, bound.Token));
    }

    [Fact]
    public async Task Asking_counts_as_a_presentation()
    {
        var tokens = await _core.SignInAsync();
        await AskAsync(GrantCore.App, tokens.AccessToken);
        await AskAsync(GrantCore.App, tokens.RefreshToken!);
        await AskAsync(Other, tokens.RefreshToken!);

        await _core.Host.StopHostedAsync();

        var access = await _core.Host.RowAsync(tokens.TokenId);
        var refresh = await _core.RefreshRowAsync(access.Family!);
        Assert.Equal(("introspect", "introspect"), (access.Presented!.Last.Where, refresh.Presented!.Last.Where));
        Assert.Equal(GrantCore.Origin.Ip, refresh.Presented.First.Ip);
    }

    private Task<IntrospectionAnswer?> AskAsync(Client? client, string token) =>
        _core.Host.Get<Introspection>().IntrospectAsync(client, token, GrantCore.Origin, Stop);
}
