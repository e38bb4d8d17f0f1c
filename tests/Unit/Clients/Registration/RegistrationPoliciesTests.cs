using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Live;
using Dashboard.Core.Scopes;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Clients.Registration;

/// <summary>What administrators decide about registration, and the tokens that they give out for it.</summary>
public sealed class RegistrationPoliciesTests : IAsyncLifetime
{
    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RegistrationPolicies Policies => _core.Get<RegistrationPolicies>();

    private InitialAccessTokens Tokens => _core.Get<InitialAccessTokens>();

    private Actor Admin => new("admin", Roles.Administrator) { ProvenAt = _core.Clock.GetUtcNow() };

    public async ValueTask InitializeAsync() => _core = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Registration_needs_a_token_until_somebody_decides_otherwise()
    {
        Assert.Equal(RegistrationMode.Token, Policies.Current.Mode);
        Assert.Empty(Policies.Current.AllowedScopes);

        await _core.ReopenAsync(("Registration:Mode", "open"), ("Registration:Scopes", "files:read mail"));

        Assert.Equal(RegistrationMode.Open, Policies.Current.Mode);
        Assert.Equal(["files:read", "mail"], Policies.Current.AllowedScopes);
    }

    [Fact]
    public async Task What_an_administrator_decided_stays_whatever_the_configuration_says()
    {
        var wanted = new RegistrationPolicy { Mode = RegistrationMode.Off, ClientLifetime = TimeSpan.FromDays(7), AllowedScopes = ["mail"] };

        Assert.IsType<RegistrationPolicyChange.Changed>(await Policies.ChangeAsync(wanted, "quiet", Admin, Stop));
        await _core.ReopenAsync(("Registration:Mode", "open"));

        Assert.Equivalent(wanted with { Version = 1 }, await Policies.GetAsync(Stop));
        var entry = (await _core.Get<AuditLog>().FindNewestAsync(Stop))!.Entry;
        Assert.Equal(("registration.policy_changed", "quiet", "admin"), (entry.Action, entry.Reason, entry.Who.Name));
        Assert.Contains("\"mode\":\"token\"", entry.Before, StringComparison.Ordinal);
        Assert.Contains("\"mode\":\"off\"", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_answer_does_not_bring_an_older_policy_back()
    {
        var store = new SlowPolicies();
        var policies = new RegistrationPolicies(
            store,
            _core.Get<IOptions<RegistrationOptions>>(),
            _core.Get<ScopeHierarchy>(),
            _core.Get<AccessControl>(),
            _core.Get<IChangeFeed>());
        var (slow, fast) = (policies.LoadAsync(Stop), policies.LoadAsync(Stop));

        store.Asked[1].SetResult(new RegistrationPolicy { Mode = RegistrationMode.Off, Version = 2 });
        await fast;
        store.Asked[0].SetResult(new RegistrationPolicy { Mode = RegistrationMode.Open, Version = 1 });
        await slow;

        Assert.Equal((RegistrationMode.Off, 2), (policies.Current.Mode, policies.Current.Version));
    }

    [Fact]
    public async Task Nobody_overwrites_what_they_have_not_seen()
    {
        await Policies.ChangeAsync(new RegistrationPolicy { Mode = RegistrationMode.Open }, "why", Admin, Stop);

        var overtaken = Assert.IsType<RegistrationPolicyChange.Overtaken>(
            await Policies.ChangeAsync(new RegistrationPolicy { Mode = RegistrationMode.Off }, "why", Admin, Stop));

        Assert.Equal((RegistrationMode.Open, 1), (overtaken.Policy.Mode, overtaken.Policy.Version));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("ADMIN")]
    [InlineData("admin:users")]
    [InlineData("admin:*")]
    [InlineData("agent_management")]
    [InlineData("*")]
    [InlineData("root")]
    [InlineData("a b")]
    public async Task No_policy_gives_strangers_the_rights_of_operators(string scope)
    {
        await _core.ReopenAsync(("Scopes:Hierarchy:root:0", "admin"));
        var policy = new RegistrationPolicy { Mode = RegistrationMode.Open, AllowedScopes = [scope] };

        var invalid = Assert.IsType<RegistrationPolicyChange.Invalid>(await Policies.ChangeAsync(policy, "why", Admin, Stop));

        Assert.Equal("scopes", Assert.Single(invalid.Faults).Field);
    }

    [Theory]
    [InlineData("Registration:Mode", "sometimes", "Registration:Mode must be one of off, token, approval, open")]
    [InlineData("Registration:Scopes", "files admin", "Registration:Scopes must not hold or imply")]
    public async Task A_wrong_setting_is_named(string setting, string value, string words)
    {
        await _core.RebuildAsync((setting, value));

        var exception = Assert.Throws<OptionsValidationException>(() => _core.Get<IOptions<RegistrationOptions>>().Value);

        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "files:* mail")]
    [InlineData("files:read", "", "files:read")]
    [InlineData("files:read admin", "", "files:read")]
    [InlineData("mail calendar", "", "mail")]
    [InlineData("calendar", "", "")]
    [InlineData("calendar", "calendar", "calendar")]
    public void What_is_granted_is_what_is_asked_for_and_allowed(string asked, string held, string granted)
    {
        var policy = new RegistrationPolicy { Mode = RegistrationMode.Open, AllowedScopes = ["files:*", "mail"] };

        Assert.Equal(granted, string.Join(' ', policy.Grant(Split(asked), Split(held))));
    }

    [Theory]
    [InlineData("reviewer", 0)]
    [InlineData("support", 0)]
    [InlineData("administrator", 6)]
    public async Task Whoever_may_not_decides_and_gives_out_nothing(string role, int minutes)
    {
        var who = new Actor("mallory", role) { ProvenAt = _core.Clock.GetUtcNow() - TimeSpan.FromMinutes(minutes) };

        await Assert.ThrowsAsync<AccessRefusedException>(
            () => Policies.ChangeAsync(new RegistrationPolicy { Mode = RegistrationMode.Open }, "why", who, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Tokens.CreateAsync("x", 1, null, "why", who, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Tokens.RevokeAsync("x", "why", who, Stop));

        Assert.Empty(await Tokens.ListAsync(Stop));
    }

    [Fact]
    public async Task A_token_is_shown_once_and_kept_as_its_hash()
    {
        var created = Assert.IsType<InitialAccessTokenCreation.Created>(
            await Tokens.CreateAsync("Partners", 3, TimeSpan.FromDays(1), "launch", Admin, Stop));

        Assert.Matches("^sgt_iat_[A-Za-z0-9_-]{43}$", created.Secret);
        var listed = Assert.Single(await Tokens.ListAsync(Stop));
        Assert.Equal(
            ("Partners", 3, 0, "admin", _core.Clock.GetUtcNow().AddDays(1)),
            (listed.Label, listed.Uses, listed.Used, listed.CreatedBy, listed.ExpiresAt));
        Assert.Equal(InitialAccessToken.HashOf(created.Secret), listed.Hash);
        Assert.Equal(-1, _core.ReadStoreBytes().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(created.Secret)));
        var entry = (await _core.Get<AuditLog>().FindNewestAsync(Stop))!.Entry;
        Assert.Equal(("initial_access_token.created", listed.Id, "launch"), (entry.Action, entry.ObjectId, entry.Reason));

        Assert.True(await Tokens.RevokeAsync(listed.Id, "over", Admin, Stop));
        Assert.False(await Tokens.RevokeAsync(listed.Id, "over", Admin, Stop));
        Assert.Empty(await Tokens.ListAsync(Stop));
    }

    [Fact]
    public async Task Labels_uses_and_lifetimes_that_are_none_are_named()
    {
        var invalid = Assert.IsType<InitialAccessTokenCreation.Invalid>(
            await Tokens.CreateAsync("\u202E", 0, TimeSpan.FromDays(366), "why", Admin, Stop));

        Assert.Equal(["label", "uses", "lifetime"], invalid.Faults.Select(fault => fault.Field));
    }

    [Fact]
    public async Task Another_node_hears_of_the_policy()
    {
        await Policies.ChangeAsync(new RegistrationPolicy { Mode = RegistrationMode.Open }, "why", Admin, Stop);
        var stored = _core.Get<IRegistrationPolicyStore>();
        await stored.ReplaceAsync(
            new RegistrationPolicy { Mode = RegistrationMode.Off, Version = 1 },
            new AuditEntry(Actor.Signet, "registration.policy_changed", "registration", "test"),
            Stop);
        await _core.StartHostedAsync();

        // Told again and again: the follower listens once it runs.
        await Eventually.TrueAsync(() =>
        {
            _core.Get<IChangeFeed>().Publish(new Change(ChangeKind.Clients, RegistrationPolicies.Name, IsFromElsewhere: true));
            return Policies.Current.Mode is RegistrationMode.Off;
        });
        await _core.StopHostedAsync();
    }

    private static string[] Split(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Answers when the test says so.</summary>
    private sealed class SlowPolicies : IRegistrationPolicyStore
    {
        public List<TaskCompletionSource<RegistrationPolicy?>> Asked { get; } = [];

        public Task<RegistrationPolicy?> FindAsync(CancellationToken cancellationToken)
        {
            Asked.Add(new TaskCompletionSource<RegistrationPolicy?>());
            return Asked[^1].Task;
        }

        public Task<bool> ReplaceAsync(RegistrationPolicy changed, AuditEntry audit, CancellationToken cancellationToken) =>
            Task.FromResult(false);
    }
}
