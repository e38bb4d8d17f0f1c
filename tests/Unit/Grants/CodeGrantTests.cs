using Dashboard.Core.Clients;
using Dashboard.Core.Grants;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Grants;

public sealed class CodeGrantTests : IAsyncLifetime
{
    private GrantCore _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _core = await GrantCore.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Code_gives_tokens_that_speak_for_the_person()
    {
        var granted = await _core.SignInAsync(GrantCore.Grant(resource: GrantCore.Api));

        Assert.Equal(["files:read", "profile"], granted.Scopes);
        var accepted = Assert.IsType<TokenVerdict.Accepted>(
            await _core.Host.ValidateAsync(granted.AccessToken, new ValidationContext { Audience = GrantCore.Api })).Token;
        Assert.Equal(("user:anna", "client_app"), (accepted.Subject, accepted.Client!));
        Assert.Equal("anna", accepted.Claims.GetProperty("username").GetString());
        Assert.StartsWith("sgt_rt_", granted.RefreshToken, StringComparison.Ordinal);
        var access = await _core.Host.RowAsync(granted.TokenId);
        var family = await _core.Host.Get<ITokenLedger>().ListAsync(
            new LedgerFilter { Family = access.Family }, _core.Host.Clock.GetUtcNow(), null, 10, Stop);
        var refresh = Assert.Single(family.Items, row => row.Kind is TokenKind.Refresh);
        Assert.Equal(("user:anna", GrantCore.Api, ""), (refresh.Subject, refresh.Audience, refresh.KeyId));
        Assert.Equal(_core.Host.Clock.GetUtcNow().AddDays(365), refresh.ExpiresAt);
    }

    [Fact]
    public async Task Neither_code_nor_refresh_token_stands_in_the_store()
    {
        var code = await _core.AllowAsync();
        var granted = Assert.IsType<GrantOutcome.Granted>(await _core.RedeemAsync(code));

        var stored = System.Text.Encoding.Latin1.GetString(_core.Host.ReadStoreBytes());

        Assert.True(code.Length >= 43);
        Assert.DoesNotContain(code, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(granted.RefreshToken!, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(granted.AccessToken.Split('.')[2], stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_token_is_for_clients_that_are_registered_for_it()
    {
        var client = GrantCore.App with { GrantTypes = [GrantTypes.AuthorizationCode] };

        var granted = await _core.SignInAsync(client: client);

        Assert.Null(granted.RefreshToken);
        Assert.Null(await _core.Host.CodeAsync(granted.AccessToken));
    }

    [Fact]
    public async Task Second_use_takes_back_what_the_first_one_gave_also_after_thirty_seconds_and_a_restart()
    {
        var code = await _core.AllowAsync();
        var granted = Assert.IsType<GrantOutcome.Granted>(await _core.RedeemAsync(code));
        _core.Host.Clock.Advance(TimeSpan.FromSeconds(30));
        await _core.Host.ReopenAsync();

        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RedeemAsync(code, verifier: "wrong"));

        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(granted.AccessToken));
        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(granted.RefreshToken!));
        await _core.Host.ReopenAsync();
        Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(granted.AccessToken));
    }

    [Fact]
    public async Task Of_many_uses_at_once_none_leaves_a_good_token()
    {
        var code = await _core.AllowAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => _core.RedeemAsync(code))));

        var granted = outcomes.OfType<GrantOutcome.Granted>().ToList();
        Assert.True(granted.Count <= 1);
        foreach (var tokens in granted)
        {
            Assert.Equal("TOKEN_REVOKED", await _core.Host.CodeAsync(tokens.AccessToken));
            GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(tokens.RefreshToken!));
        }
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public async Task Code_is_good_for_a_minute(int seconds, bool isGood)
    {
        var code = await _core.AllowAsync();

        _core.Host.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isGood, await _core.RedeemAsync(code) is GrantOutcome.Granted);
    }

    [Fact]
    public async Task Code_is_bound_to_client_address_and_verifier_and_a_wrong_try_does_not_use_it_up()
    {
        var code = await _core.AllowAsync();

        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RedeemAsync(code, GrantCore.App with { Id = "client_other" }));
        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RedeemAsync(code, redirect: GrantCore.Redirect + "/"));
        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RedeemAsync(code, redirect: GrantCore.Redirect.Replace("%2F", "/", StringComparison.Ordinal)));
        GrantCore.AssertRefused(GrantError.InvalidTarget, await _core.RedeemAsync(code, resource: GrantCore.Api));
        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RedeemAsync(code + "x"));
        foreach (var verifier in new[] { null, "", "short", "é" + GrantCore.Verifier, GrantCore.Verifier[..42], GrantCore.Verifier + "x", new string('a', 129), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" })
        {
            GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RedeemAsync(code, verifier: verifier));
        }

        GrantCore.AssertRefused(
            GrantError.UnauthorizedClient, await _core.RedeemAsync(code, GrantCore.App with { GrantTypes = [GrantTypes.RefreshToken] }));
        Assert.IsType<GrantOutcome.Granted>(await _core.RedeemAsync(code, resource: "signet"));
    }

    [Fact]
    public async Task Disabled_account_gets_nothing_and_its_tokens_are_refused()
    {
        var granted = await _core.SignInAsync();
        var code = await _core.AllowAsync();

        await _core.DisableAnnaAsync();

        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RedeemAsync(code));
        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RefreshAsync(granted.RefreshToken!));
        Assert.Equal("SUBJECT_DISABLED", await _core.Host.CodeAsync(granted.AccessToken));
    }

    [Theory]
    [InlineData(RevocationScope.Subject, "user:anna")]
    [InlineData(RevocationScope.Client, "client_app")]
    [InlineData(RevocationScope.All, "")]
    public async Task Code_from_before_a_cut_off_gives_nothing(RevocationScope scope, string value)
    {
        var code = await _core.AllowAsync();

        await _core.Host.Get<TokenRevocations>().CutOffAsync(scope, value, null, "why", TokenBuilder.Somebody, Stop);

        GrantCore.AssertRefused(GrantError.InvalidGrant, await _core.RedeemAsync(code));
    }

    [Fact]
    public async Task What_the_client_may_not_have_any_more_is_left_out()
    {
        var code = await _core.AllowAsync();

        var granted = Assert.IsType<GrantOutcome.Granted>(
            await _core.RedeemAsync(code, GrantCore.App with { Scopes = ["profile", "admin"] }));

        Assert.Equal(["profile"], granted.Scopes);
    }
}
