using Dashboard.Core.Access;
using Dashboard.Core.Agents;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Agents;

/// <summary>From a key to a registration, through silence and rotation, to the end.</summary>
public sealed class AgentLifeTests : IAsyncLifetime
{
    private static readonly RequestOrigin Origin = RequestOrigin.None with { Ip = "192.0.2.7" };

    private CoreHost _host = null!;
    private AgentKey _key = null!;
    private string _secret = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Actor Admin => new("admin", Roles.Administrator) { ProvenAt = _host.Clock.GetUtcNow() };

    private AgentKeys Keys => _host.Get<AgentKeys>();

    public async ValueTask InitializeAsync()
    {
        _host = await CoreHost.StartAsync();
        (_key, _secret) = await CreateKeyAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Temp_token_is_good_for_registering_alone_and_for_fifteen_minutes()
    {
        var temp = await TempAsync("agent-1");

        Assert.Equal("WRONG_TOKEN_TYPE", await CodeAsync(temp));
        Assert.Equal("WRONG_TOKEN_TYPE", await CodeAsync(temp, TokenKind.Agent, TokenKind.Operator));
        var accepted = await AcceptAsync(temp, TokenKind.AgentTemp);
        Assert.Equal(("agent-1", TimeSpan.FromMinutes(15)), (accepted.AgentId, accepted.ExpiresAt - accepted.IssuedAt.AddTicks(-accepted.IssuedAt.Ticks % TimeSpan.TicksPerSecond)));
        Assert.Equal(("agent:agent-1", "arcp:register", "testing", true), (
            accepted.Subject,
            accepted.Claims.GetProperty("aud").GetString(),
            accepted.Claims.GetProperty("agent_type").GetString(),
            accepted.Claims.GetProperty("temp_registration").GetBoolean()));
        Assert.DoesNotContain(_secret[..12], accepted.Claims.GetRawText(), StringComparison.Ordinal);

        _host.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("TOKEN_EXPIRED", await CodeAsync(temp, TokenKind.AgentTemp));
    }

    [Fact]
    public async Task Registration_gives_a_token_that_says_who_and_with_it_the_same_agent_again()
    {
        var registered = await RegisterAsync("agent-1");
        var token = await AcceptAsync(registered.Token);

        Assert.Equal(("agent-1", "agent:agent-1", "agent", TokenKind.Agent), (token.AgentId, token.Subject, token.Role, token.Kind));
        Assert.Equal(0, token.Claims.GetProperty("scopes").GetArrayLength());
        Assert.IsType<AgentRegistrationOutcome.Duplicate>(await TryRegisterAsync(token));

        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        var again = Assert.IsType<AgentRegistrationOutcome.Registered>(await TryRegisterAsync(token));
        await AcceptAsync(again.Token);
        Assert.Equal("TOKEN_REVOKED", await CodeAsync(registered.Token));
    }

    [Fact]
    public async Task Temp_token_registers_once()
    {
        var temp = await AcceptAsync(await TempAsync("agent-1"), TokenKind.AgentTemp);
        Assert.IsType<AgentRegistrationOutcome.Registered>(await TryRegisterAsync(temp));
        Assert.IsType<AgentRegistrationOutcome.Duplicate>(await TryRegisterAsync(temp));

        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<AgentRegistrationOutcome.TempTokenUsed>(await TryRegisterAsync(temp));
    }

    [Fact]
    public async Task Key_has_one_live_agent_and_a_silent_one_makes_room()
    {
        var first = await RegisterAsync("agent-1");
        var second = await AcceptAsync(await TempAsync("agent-2"), TokenKind.AgentTemp);
        Assert.Equal(new AgentRegistrationOutcome.KeyInUse("agent-1"), await TryRegisterAsync(second));

        _host.Clock.Advance(TimeSpan.FromSeconds(50));
        _host.Get<AgentHeartbeats>().Record("agent-1");
        _host.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(new AgentRegistrationOutcome.KeyInUse("agent-1"), await TryRegisterAsync(second));

        _host.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.IsType<AgentRegistrationOutcome.Registered>(await TryRegisterAsync(second));
        Assert.Equal("TOKEN_REVOKED", await CodeAsync(first.Token));
        Assert.Null(await _host.Get<AgentDirectory>().FindAsync("agent-1", Stop));
    }

    [Fact]
    public async Task Disabled_key_refuses_its_agents_tokens_until_it_is_enabled_again()
    {
        var registered = await RegisterAsync("agent-1");
        var temp = await TempAsync("agent-2");

        Assert.IsType<AgentKeyChange.Changed>(await Keys.SetEnabledAsync(_key.Id, false, "lost", Admin, Stop));
        Assert.Equal("SUBJECT_DISABLED", await CodeAsync(registered.Token));
        Assert.Equal("SUBJECT_DISABLED", await CodeAsync(temp, TokenKind.AgentTemp));
        Assert.IsType<TempTokenOutcome.WrongKey>(await RequestAsync("agent-2", _secret));

        Assert.IsType<AgentKeyChange.Changed>(await Keys.SetEnabledAsync(_key.Id, true, "found", Admin, Stop));
        await AcceptAsync(registered.Token);
        Assert.IsType<AgentKeyChange.Already>(await Keys.SetEnabledAsync(_key.Id, true, "again", Admin, Stop));
    }

    [Fact]
    public async Task Rotated_key_works_with_both_secrets_for_a_while_and_stays_one_key()
    {
        await RegisterAsync("agent-1");
        var rotated = Assert.IsType<AgentKeyChange.Changed>(await Keys.RotateAsync(_key.Id, TimeSpan.FromDays(7), "yearly", Admin, Stop));

        Assert.IsType<TempTokenOutcome.Granted>(await RequestAsync("agent-2", _secret));
        var granted = Assert.IsType<TempTokenOutcome.Granted>(await RequestAsync("agent-2", rotated.Secret!));
        Assert.Equal(new AgentRegistrationOutcome.KeyInUse("agent-1"), await TryRegisterAsync(await AcceptAsync(granted.Token, TokenKind.AgentTemp)));

        _host.Clock.Advance(TimeSpan.FromDays(7));
        Assert.IsType<TempTokenOutcome.WrongKey>(await RequestAsync("agent-2", _secret));
        Assert.IsType<TempTokenOutcome.Granted>(await RequestAsync("agent-2", rotated.Secret!));

        // A leaked secret ends at once.
        var leaked = Assert.IsType<AgentKeyChange.Changed>(await Keys.RotateAsync(_key.Id, TimeSpan.Zero, "leaked", Admin, Stop));
        Assert.IsType<TempTokenOutcome.WrongKey>(await RequestAsync("agent-2", rotated.Secret!));
        Assert.IsType<TempTokenOutcome.Granted>(await RequestAsync("agent-2", leaked.Secret!));
        Assert.IsType<AgentKeyChange.Invalid>(await Keys.RotateAsync(_key.Id, TimeSpan.FromDays(91), "too long", Admin, Stop));
    }

    [Fact]
    public async Task Renewed_token_is_another_of_the_same_registration_and_ends_with_it()
    {
        var registered = await RegisterAsync("agent-1");
        var token = await AcceptAsync(registered.Token);
        var renewed = (await _host.Get<AgentTokens>().RenewAsync(token, Origin, Stop))!;
        await AcceptAsync(registered.Token);
        await AcceptAsync(renewed.Token);

        Assert.True(await _host.Get<AgentRemoval>().LeaveAsync("agent-1", Stop));
        Assert.Equal(("TOKEN_REVOKED", "TOKEN_REVOKED"), (await CodeAsync(registered.Token), await CodeAsync(renewed.Token)));
        Assert.Null(await _host.Get<AgentTokens>().RenewAsync(token, Origin, Stop));
        Assert.False(await _host.Get<AgentRemoval>().LeaveAsync("agent-1", Stop));
    }

    [Fact]
    public async Task Silent_agent_is_removed_with_its_tokens_and_one_that_lives_stays()
    {
        var registered = await RegisterAsync("agent-1");
        var cleaner = _host.Get<AgentCleaner>();
        _host.Clock.Advance(TimeSpan.FromMinutes(59));
        _host.Get<AgentHeartbeats>().Record("agent-1");
        await _host.Get<AgentHeartbeats>().WriteAsync(Stop);
        _host.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await cleaner.CleanAsync(Stop));

        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await cleaner.CleanAsync(Stop));
        Assert.Empty(await _host.Get<AgentDirectory>().ReadAsync(new AgentFilter(), Stop));
        Assert.NotNull(await CodeAsync(registered.Token));
        var audit = (await _host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: "agent-1"), null, 5, Stop)).Items;
        Assert.Equal("agent.removed", Assert.Single(audit).Entry.Action);
    }

    [Fact]
    public async Task Heartbeat_is_seen_here_before_it_is_written()
    {
        await RegisterAsync("agent-1");
        _host.Clock.Advance(TimeSpan.FromSeconds(30));

        var at = _host.Get<AgentHeartbeats>().Record("agent-1");

        Assert.Equal(at, (await _host.Get<AgentDirectory>().ReadAsync("agent-1", Stop))!.LastSeenAt);
        Assert.NotEqual(at, (await _host.Get<IAgentStore>().FindAsync("agent-1", Stop))!.LastSeenAt);
    }

    [Fact]
    public async Task Wrong_keys_slow_their_address_down_and_a_right_one_is_not_taken_then()
    {
        for (var tries = 0; tries < 30; tries++)
        {
            Assert.IsType<TempTokenOutcome.WrongKey>(await RequestAsync("agent-1", "sgt_ak_wrong"));
        }

        Assert.IsType<TempTokenOutcome.Throttled>(await RequestAsync("agent-1", _secret));
        _host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<TempTokenOutcome.Granted>(await RequestAsync("agent-1", _secret));
    }

    [Fact]
    public async Task Key_for_some_types_registers_no_others()
    {
        var (_, secret) = await CreateKeyAsync("security");

        Assert.IsType<TempTokenOutcome.TypeNotAllowed>(await RequestAsync("agent-1", secret));
        Assert.IsType<TempTokenOutcome.Granted>(await RequestAsync("agent-1", secret, "Security"));
        Assert.IsType<TempTokenOutcome.Invalid>(await RequestAsync("agent-1", secret, "processing"));
        Assert.IsType<AgentKeyChange.Invalid>(await Keys.CreateAsync(new AgentKeyDraft("x", null, ["processing"]), null, Admin, Stop));
    }

    [Fact]
    public async Task Configured_keys_are_there_after_a_start_and_stay_disabled()
    {
        await _host.ReopenAsync(("AGENT_KEYS", "first-agent-key, second-agent-key ,"));
        Assert.IsType<TempTokenOutcome.Granted>(await RequestAsync("agent-1", "second-agent-key"));
        var configured = (await Keys.ListAsync(Stop)).Where(key => key.Origin is AgentKeyOrigin.Configuration).ToList();
        Assert.Equal((2, "configured", "AGENT_KEYS"), (configured.Count, configured[0].Prefix, configured[0].Label));
        Assert.IsType<AgentKeyChange.Configured>(await Keys.DeleteAsync(configured[0].Id, "gone", Admin, Stop));
        Assert.IsType<AgentKeyChange.Configured>(await Keys.RotateAsync(configured[0].Id, TimeSpan.Zero, "gone", Admin, Stop));
        foreach (var key in configured)
        {
            await Keys.SetEnabledAsync(key.Id, false, "gone", Admin, Stop);
        }

        await _host.ReopenAsync(("AGENT_KEYS", "second-agent-key"));
        Assert.Equal(3, (await Keys.ListAsync(Stop)).Count);
        Assert.IsType<TempTokenOutcome.WrongKey>(await RequestAsync("agent-1", "second-agent-key"));

        await _host.RebuildAsync(("AGENT_KEYS", "long-enough-key,short"));
        var failure = await Assert.ThrowsAsync<StartupException>(_host.OpenAsync);
        Assert.Equal(StartupException.WrongSetting, failure.ExitCode);
        Assert.StartsWith("AGENT_KEYS", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("short", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_administrators_with_a_fresh_proof_change_keys_and_remove_agents()
    {
        var support = new Actor("sue", Roles.Support) { ProvenAt = _host.Clock.GetUtcNow() };
        var stale = new Actor("admin", Roles.Administrator);
        foreach (var who in new[] { support, stale })
        {
            await Assert.ThrowsAsync<AccessRefusedException>(() => Keys.CreateAsync(new AgentKeyDraft("x", null, []), null, who, Stop));
            await Assert.ThrowsAsync<AccessRefusedException>(() => Keys.RotateAsync(_key.Id, TimeSpan.Zero, "why", who, Stop));
            await Assert.ThrowsAsync<AccessRefusedException>(() => Keys.SetEnabledAsync(_key.Id, false, "why", who, Stop));
            await Assert.ThrowsAsync<AccessRefusedException>(() => Keys.DeleteAsync(_key.Id, "why", who, Stop));
            await Assert.ThrowsAsync<AccessRefusedException>(() => _host.Get<AgentRemoval>().RemoveAsync("agent-1", "why", who, Stop));
        }
    }

    [Fact]
    public async Task Nothing_that_is_stored_holds_the_key()
    {
        await RegisterAsync("agent-1");
        await _host.Get<AgentHeartbeats>().WriteAsync(Stop);
        Assert.Equal(("agent-1", _host.Clock.GetUtcNow()), ((await Keys.ListAsync(Stop))[0].LastUsedBy, (await Keys.ListAsync(Stop))[0].LastUsedAt));
        await _host.CloseAsync();

        Assert.Equal(-1, _host.ReadStoreBytes().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(_secret)));
        await _host.RebuildAsync();
    }

    private async Task<(AgentKey Key, string Secret)> CreateKeyAsync(params string[] types)
    {
        var created = Assert.IsType<AgentKeyChange.Changed>(await Keys.CreateAsync(new AgentKeyDraft("Tests", null, types), "needed", Admin, Stop));
        return (created.Key, created.Secret!);
    }

    private Task<TempTokenOutcome> RequestAsync(string agentId, string secret, string type = "testing") =>
        _host.Get<AgentTokens>().RequestTempAsync(agentId, type, secret, Origin, Stop);

    private async Task<string> TempAsync(string agentId) => Assert.IsType<TempTokenOutcome.Granted>(await RequestAsync(agentId, _secret)).Token;

    private Task<AgentRegistrationOutcome> TryRegisterAsync(AcceptedToken token) =>
        _host.Get<AgentRegistration>().RegisterAsync(token, AgentBuilder.Profile(), Origin, Stop);

    private async Task<AgentRegistrationOutcome.Registered> RegisterAsync(string agentId) =>
        Assert.IsType<AgentRegistrationOutcome.Registered>(await TryRegisterAsync(await AcceptAsync(await TempAsync(agentId), TokenKind.AgentTemp)));

    private async Task<AcceptedToken> AcceptAsync(string token, params TokenKind[] kinds) =>
        Assert.IsType<TokenVerdict.Accepted>(await JudgeAsync(token, kinds)).Token;

    private async Task<string?> CodeAsync(string token, params TokenKind[] kinds) =>
        (await JudgeAsync(token, kinds) as TokenVerdict.Refused)?.Reason.Code;

    private ValueTask<TokenVerdict> JudgeAsync(string token, TokenKind[] kinds) =>
        _host.Get<TokenValidator>().ValidateAsync(token, new ValidationContext { Kinds = kinds, Origin = Origin }, Stop);
}
