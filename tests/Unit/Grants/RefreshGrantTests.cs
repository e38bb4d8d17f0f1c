using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Grants;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Grants;

public sealed class RefreshGrantTests : IAsyncLifetime
{
    private GrantCore _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _core = await GrantCore.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Refresh_gives_new_tokens_of_the_same_family_again_and_again()
    {
        var first = await _core.SignInAsync(GrantCore.Grant(resource: GrantCore.Api));
        _core.Host.Clock.Jump(_core.Host.Clock.GetUtcNow() + TimeSpan.FromDays(80));

        var second = await RefreshedAsync(first.RefreshToken!);
        await _core.Host.ReopenAsync();
        var third = await RefreshedAsync(second.RefreshToken!);

        Assert.NotEqual(first.RefreshToken, second.RefreshToken);
        Assert.Equal(first.Scopes, third.Scopes);
        Assert.Null(await _core.Host.CodeAsync(third.AccessToken, new ValidationContext { Audience = GrantCore.Api }));
        Assert.Equal((await _core.Host.RowAsync(first.TokenId)).Family, (await _core.Host.RowAsync(third.TokenId)).Family);
    }

    [Fact]
    public async Task Family_ends_a_year_after_its_first_token_however_often_it_is_used()
    {
        var tokens = await _core.SignInAsync();
        foreach (var _ in Enumerable.Range(0, 4))
        {
            _core.Host.Clock.Jump(_core.Host.Clock.GetUtcNow() + TimeSpan.FromDays(90));
            tokens = await RefreshedAsync(tokens.RefreshToken!);
        }

        _core.Host.Clock.Jump(_core.Host.Clock.GetUtcNow() + TimeSpan.FromDays(5));

        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(tokens.RefreshToken!));
    }

    [Fact]
    public async Task Client_decides_how_long_its_families_live()
    {
        var client = GrantCore.App with { RefreshTokenLifetime = TimeSpan.FromHours(1) };
        var tokens = await _core.SignInAsync(client: client);

        _core.Host.Clock.Advance(TimeSpan.FromHours(1));

        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(tokens.RefreshToken!, client));
    }

    [Fact]
    public async Task Used_token_ends_the_family_with_its_access_tokens_and_raises_one_alert()
    {
        var first = await _core.SignInAsync();
        var second = await RefreshedAsync(first.RefreshToken!);

        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(first.RefreshToken!));
        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(first.RefreshToken!));

        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(second.RefreshToken!));
        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(first.AccessToken));
        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(second.AccessToken));
        var alert = Assert.Single(await _core.EventsAsync(EventKinds.RefreshReplayed));
        Assert.Equal((EventOutcome.Alert, "user:anna", "client_app"), (alert.Outcome, alert.Subject!, alert.Client!));
        await _core.Host.ReopenAsync();
        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(second.AccessToken));
    }

    [Fact]
    public async Task Replay_after_a_restart_is_still_a_replay()
    {
        var first = await _core.SignInAsync();
        var second = await RefreshedAsync(first.RefreshToken!);
        await _core.Host.ReopenAsync();

        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(first.RefreshToken!, scopes: ["admin"]));

        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(second.RefreshToken!));
        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(second.AccessToken));
    }

    [Fact]
    public async Task One_of_fifty_at_once_gets_tokens_and_none_stays_good()
    {
        var tokens = await _core.SignInAsync();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Task.Run(() => _core.RefreshAsync(tokens.RefreshToken!))));

        Assert.True(outcomes.OfType<GrantOutcome.Granted>().Count() <= 1);
        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(tokens.AccessToken));
        foreach (var granted in outcomes.OfType<GrantOutcome.Granted>())
        {
            Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(granted.AccessToken));
            GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(granted.RefreshToken!));
        }

        Assert.Single(await _core.EventsAsync(EventKinds.RefreshReplayed));
    }

    [Fact]
    public async Task Within_the_grace_the_very_same_successor_is_given_again()
    {
        await _core.Host.ReopenAsync(("Tokens:RefreshGrace", "00:00:10"));
        var first = await _core.SignInAsync();
        var second = await RefreshedAsync(first.RefreshToken!);
        _core.Host.Clock.Advance(TimeSpan.FromSeconds(9));

        var again = await RefreshedAsync(first.RefreshToken!);

        Assert.Equal(second.RefreshToken, again.RefreshToken);
        Assert.Null(await _core.Host.CodeAsync(again.AccessToken));
        await RefreshedAsync(again.RefreshToken!);
        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(first.RefreshToken!));
        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(again.AccessToken));
    }

    [Fact]
    public async Task Refresh_narrows_the_access_token_alone_and_never_widens()
    {
        var tokens = await _core.SignInAsync();

        foreach (var wider in new[] { "mail", "files:*", "admin", "files:write" })
        {
            GrantCore.AssertRefused(GrantError.InvalidScope, await _core.RefreshAsync(tokens.RefreshToken!, scopes: [wider]));
        }

        var narrow = Assert.IsType<GrantOutcome.Granted>(await _core.RefreshAsync(tokens.RefreshToken!, scopes: ["profile"]));
        Assert.Equal(["profile"], narrow.Scopes);
        Assert.Equal(["files:read", "profile"], (await RefreshedAsync(narrow.RefreshToken!)).Scopes);
    }

    [Fact]
    public async Task Scope_that_the_client_lost_since_is_not_given_any_more()
    {
        var tokens = await _core.SignInAsync();
        var client = GrantCore.App with { Scopes = ["files:*"] };

        GrantCore.AssertRefused(GrantError.InvalidScope, await _core.RefreshAsync(tokens.RefreshToken!, client, ["profile"]));

        Assert.Equal(
            ["files:read"], Assert.IsType<GrantOutcome.Granted>(await _core.RefreshAsync(tokens.RefreshToken!, client)).Scopes);
    }

    [Fact]
    public async Task Refresh_is_bound_to_client_resource_and_grant_and_a_wrong_try_does_not_use_it_up()
    {
        var tokens = await _core.SignInAsync();

        GrantCore.AssertRefused(
            GrantError.InvalidGrant, await _core.RefreshAsync(tokens.RefreshToken!, GrantCore.App with { Id = "client_other" }));
        GrantCore.AssertRefused(GrantError.InvalidTarget, await _core.RefreshAsync(tokens.RefreshToken!, resource: GrantCore.Api));
        GrantCore.AssertRefused(
            GrantError.UnauthorizedClient, await _core.RefreshAsync(tokens.RefreshToken!, GrantCore.App with { GrantTypes = [] }));
        foreach (var text in new[] { "", "sgt_rt_", tokens.RefreshToken + "x", tokens.RefreshToken![..^1], tokens.AccessToken })
        {
            GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(text));
        }

        await RefreshedAsync(tokens.RefreshToken!);
    }

    [Theory]
    [InlineData(RevocationScope.Subject, "user:anna")]
    [InlineData(RevocationScope.Client, "client_app")]
    [InlineData(RevocationScope.All, "")]
    public async Task Cut_off_ends_refresh_tokens_too(RevocationScope scope, string value)
    {
        var tokens = await _core.SignInAsync();

        await _core.Host.Get<TokenRevocations>().CutOffAsync(scope, value, null, "why", TokenBuilder.Somebody, Stop);

        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(tokens.RefreshToken!));
        _core.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await RefreshedAsync((await _core.SignInAsync()).RefreshToken!);
    }

    [Theory]
    [InlineData(RevocationScope.Subject, "user:anna")]
    [InlineData(RevocationScope.Client, "client_app")]
    [InlineData(RevocationScope.All, "")]
    public async Task Cut_off_that_another_node_made_a_moment_ago_ends_what_was_renewed_meanwhile_and_for_good(
        RevocationScope scope, string value)
    {
        var (tokens, code) = (await _core.SignInAsync(), await _core.AllowAsync());
        var now = _core.Host.Clock.GetUtcNow();
        await _core.Host.Get<IRevocationStore>().AddAsync(
            new TokenRevocation(
                "elsewhere", scope, value, TokenRevocations.FilterOf(scope, value), now, new RevocationStamp(now, "root", "why"), RevocationState.Running, 0),
            new AuditEntry(TokenBuilder.Somebody, "tokens.cut_off", "subject", value),
            Stop);
        _core.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var renewed = await RefreshedAsync(tokens.RefreshToken!);
        var redeemed = Assert.IsType<GrantOutcome.Granted>(await _core.RedeemAsync(code));

        await _core.Host.Get<RevocationList>().LoadAsync(_core.Host.Get<IRevocationStore>(), _core.Host.Clock.GetUtcNow(), Stop);

        await AssertOverAsync(renewed);
        await AssertOverAsync(redeemed);
        Assert.NotNull((await _core.Host.RowAsync(renewed.TokenId)).Revoked);
        var later = await _core.SignInAsync();
        Assert.Null(await _core.Host.CodeAsync(later.AccessToken));

        // Still, when the ledger has forgotten what was revoked then.
        _core.Host.Clock.Jump(_core.Host.Clock.GetUtcNow() + TimeSpan.FromDays(200));
        await _core.Host.Get<PurgeWorker>().RunAsync(Stop);
        await _core.Host.ReopenAsync();
        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(renewed.RefreshToken!));
        await RefreshedAsync(later.RefreshToken!);

        async Task AssertOverAsync(GrantOutcome.Granted granted)
        {
            Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(granted.AccessToken));
            GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(granted.RefreshToken!));
        }
    }

    [Fact]
    public async Task Redeemed_token_shows_when_and_where_it_was_presented()
    {
        var tokens = await _core.SignInAsync();
        GrantCore.AssertRefused(GrantError.InvalidScope, await _core.RefreshAsync(tokens.RefreshToken!, scopes: ["admin"]));
        _core.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await RefreshedAsync(tokens.RefreshToken!);

        await _core.Host.StopHostedAsync();

        var row = await _core.RefreshRowAsync((await _core.Host.RowAsync(tokens.TokenId)).Family!);
        Assert.Equal(
            new Presentation(_core.Host.Clock.GetUtcNow(), GrantCore.Origin.Ip, GrantCore.Origin.UserAgent, "token"), row.Presented!.First);
    }

    [Fact]
    public async Task Cut_off_of_a_family_covers_what_it_would_give_later()
    {
        var (tokens, other) = (await _core.SignInAsync(), await _core.SignInAsync());
        var family = (await _core.Host.RowAsync(tokens.TokenId)).Family!;

        var revocation = await _core.Host.Get<TokenRevocations>().CutOffAsync(
            RevocationScope.Family, family, null, "why", TokenBuilder.Somebody, Stop);

        Assert.Equal(_core.Host.Clock.GetUtcNow().AddDays(365), revocation.IssuedBefore);
        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(tokens.AccessToken));
        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(tokens.RefreshToken!));
        Assert.Null(await _core.Host.CodeAsync(other.AccessToken));
        await RefreshedAsync(other.RefreshToken!);
    }

    [Fact]
    public async Task Revoking_the_row_of_a_refresh_token_ends_its_family()
    {
        var tokens = await _core.SignInAsync();
        var family = (await _core.Host.RowAsync(tokens.TokenId)).Family;
        var rows = await _core.Host.Get<ITokenLedger>().ListAsync(
            new LedgerFilter { Family = family }, _core.Host.Clock.GetUtcNow(), null, 10, Stop);
        var refresh = Assert.Single(rows.Items, row => row.Kind is TokenKind.Refresh);

        Assert.IsType<TokenRevocationOutcome.Revoked>(await _core.Host.Get<TokenRevocations>().RevokeAsync(
            refresh.TokenId, "why", TokenBuilder.Somebody, RequestOrigin.None, Stop));

        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(tokens.AccessToken));
        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(tokens.RefreshToken!));
    }

    private async Task<GrantOutcome.Granted> RefreshedAsync(string token) =>
        Assert.IsType<GrantOutcome.Granted>(await _core.RefreshAsync(token));
}
