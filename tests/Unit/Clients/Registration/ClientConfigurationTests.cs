using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Events;
using Dashboard.Tests.Unit.Clients.Metadata;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients.Registration;

/// <summary>How registrations of clients by themselves meet what people decide, and time.</summary>
public sealed class ClientConfigurationTests : IAsyncLifetime
{
    private static readonly RequestOrigin Origin = new("req_1", "192.0.2.1", null, "POST /oauth/register");

    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ClientConfiguration Configuration => _core.Get<ClientConfiguration>();

    private Actor Admin => new("admin", Roles.Administrator) { ProvenAt = _core.Clock.GetUtcNow() };

    public async ValueTask InitializeAsync() =>
        _core = await CoreHost.StartAsync(new Dictionary<string, string?> { ["Registration:Mode"] = "open", ["Registration:Scopes"] = "mail" });

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Theory]
    [InlineData(null, 90)]
    [InlineData(7, 7)]
    [InlineData(0, null)]
    public async Task Registration_lives_as_long_as_the_policy_says(int? days, int? expected)
    {
        await SetPolicyAsync(RegistrationMode.Open, days is { } number ? TimeSpan.FromDays(number) : null);

        var client = (await RegisterAsync()).Client;

        Assert.Equal(expected is { } lived ? _core.Clock.GetUtcNow().AddDays(lived) : null, client.ExpiresAt);
    }

    [Fact]
    public async Task Expired_registration_says_when_and_cannot_renew_itself()
    {
        var registered = await RegisterAsync();
        _core.Clock.Advance(TimeSpan.FromDays(90));
        var words = $"The registration expired on {_core.Clock.GetUtcNow():yyyy-MM-dd}.";

        Assert.Equal(words, Refused(await Configuration.FindAsync(registered.Client.Id, registered.RegistrationToken, Origin, Stop)));
        Assert.Equal(words, Refused(await ReplaceAsync(registered, Drafts.Web())));
        Assert.Equal(words, (await Configuration.DeleteAsync(registered.Client.Id, registered.RegistrationToken, Origin, Stop))!.Description);
    }

    [Theory]
    [InlineData(ClientEndReason.Deleted, "The registration was deleted on 2030-01-01.")]
    [InlineData(ClientEndReason.Rejected, "The registration was not approved on 2030-01-01.")]
    [InlineData(ClientEndReason.Unused, "The registration ended, never used, on 2030-01-01.")]
    [InlineData(ClientEndReason.Expired, "The registration expired on 2030-01-01.")]
    public async Task Ended_registration_says_why_to_whoever_has_its_token(ClientEndReason reason, string words)
    {
        var registered = await RegisterAsync();
        await _core.Get<ClientEnder>().EndAsync(registered.Client, reason, Admin, "abuse", Stop);

        Assert.Equal(words, Refused(await Configuration.FindAsync(registered.Client.Id, registered.RegistrationToken, Origin, Stop)));
        Assert.Equal(words, Refused(await ReplaceAsync(registered, Drafts.Web())));
        Assert.Equal(words, (await Configuration.DeleteAsync(registered.Client.Id, registered.RegistrationToken, Origin, Stop))!.Description);
    }

    [Fact]
    public async Task Strangers_do_not_learn_that_a_client_has_expired_or_ended()
    {
        var (expired, ended) = (await RegisterAsync(), await RegisterAsync());
        _core.Clock.Advance(TimeSpan.FromDays(90));
        await _core.Get<ClientAdministration>().DeleteAsync(ended.Client.Id, "abuse", Admin, Stop);
        var stranger = await RegisterAsync();
        HashSet<string> descriptions = new(StringComparer.Ordinal);
        foreach (var id in new[] { "client_unknown", expired.Client.Id, ended.Client.Id })
        {
            foreach (var token in new[] { stranger.RegistrationToken, "x" })
            {
                descriptions.Add(Refused(await Configuration.FindAsync(id, token, Origin, Stop)));
                descriptions.Add(Refused(await Configuration.UpdateAsync(id, token, Drafts.Web(), null, Origin, Stop)));
                descriptions.Add((await Configuration.DeleteAsync(id, token, Origin, Stop))!.Description);
            }
        }

        Assert.Equal("The registration access token is not one of this client.", Assert.Single(descriptions));
    }

    [Fact]
    public async Task Nobody_vouches_for_what_is_another_client_now()
    {
        var registered = await RegisterAsync();
        await _core.Get<ClientAdministration>().VerifyAsync(registered.Client.Id, registered.Client.Version, "known", Admin, Stop);

        var same = Assert.IsType<RegistrationOutcome.Registered>(await ReplaceAsync(registered, Drafts.Web() with { Scopes = ["mail"] }));
        Assert.True(same.Client.IsVerified);

        var other = Assert.IsType<RegistrationOutcome.Registered>(
            await ReplaceAsync(same, Drafts.Web() with { RedirectUris = ["https://evil.example/cb"], Scopes = ["mail"] }));
        Assert.False(other.Client.IsVerified);
    }

    [Fact]
    public async Task Client_keeps_the_tokens_of_its_own_that_it_was_given_and_does_not_give_itself_any()
    {
        var wide = Drafts.Web() with { GrantTypes = [GrantTypes.AuthorizationCode, GrantTypes.ClientCredentials] };
        var registered = await RegisterAsync();
        var stranger = Assert.IsType<RegistrationOutcome.Registered>(await ReplaceAsync(registered, wide));
        Assert.Equal([GrantTypes.AuthorizationCode], stranger.Client.GrantTypes);
        var nothingLeft = Assert.IsType<RegistrationOutcome.Refused>(await ReplaceAsync(stranger, Drafts.Service()));
        Assert.Equal(RegistrationError.InvalidMetadata, nothingLeft.Error);
        Assert.Contains("grant_types must hold authorization_code", nothingLeft.Description, StringComparison.Ordinal);

        await SetPolicyAsync(RegistrationMode.Approval, null);
        var waiting = Assert.IsType<RegistrationOutcome.Registered>(await ReplaceAsync(stranger, wide));
        Assert.Equal((ClientState.Pending, 2), (waiting.Client.State, waiting.Client.GrantTypes.Count));
        await _core.Get<ClientAdministration>().ApproveAsync(registered.Client.Id, waiting.Client.Version, "fine", Admin, Stop);

        await SetPolicyAsync(RegistrationMode.Open, null);
        var kept = Assert.IsType<RegistrationOutcome.Registered>(await ReplaceAsync(waiting, wide with { Name = "Other" }));
        Assert.Equal(wide.GrantTypes, kept.Client.GrantTypes);
    }

    [Fact]
    public async Task Approved_client_that_changes_waits_again_where_people_approve()
    {
        await SetPolicyAsync(RegistrationMode.Approval, null);
        var registered = await RegisterAsync();
        Assert.Equal(ClientState.Pending, registered.Client.State);
        await _core.Get<ClientAdministration>().ApproveAsync(registered.Client.Id, registered.Client.Version, "fine", Admin, Stop);

        var same = Assert.IsType<RegistrationOutcome.Registered>(await ReplaceAsync(registered, Drafts.Web() with { Scopes = ["mail"] }));
        var other = Assert.IsType<RegistrationOutcome.Registered>(await ReplaceAsync(same, Drafts.Web() with { Name = "Bank" }));

        Assert.Equal((ClientState.Enabled, ClientState.Pending), (same.Client.State, other.Client.State));
    }

    [Fact]
    public async Task Disabled_client_stays_so_whatever_it_says()
    {
        var registered = await RegisterAsync();
        await _core.Get<ClientAdministration>().SetEnabledAsync(registered.Client.Id, false, "abuse", Admin, Stop);

        var replaced = Assert.IsType<RegistrationOutcome.Registered>(await ReplaceAsync(registered, Drafts.Web() with { Name = "Other" }));

        Assert.Equal(ClientState.Disabled, replaced.Client.State);
    }

    [Fact]
    public async Task Scopes_that_people_gave_stay_where_they_are_asked_for()
    {
        var registered = await RegisterAsync();
        var wider = Drafts.Web() with { Scopes = ["mail", "calendar"] };
        await _core.Get<ClientAdministration>().UpdateAsync(registered.Client.Id, wider, registered.Client.Version, "asked", Admin, Stop);

        var kept = Assert.IsType<RegistrationOutcome.Registered>(
            await ReplaceAsync(registered, Drafts.Web() with { Scopes = ["calendar", "files"] }));

        Assert.Equal(["calendar"], kept.Client.Scopes);
    }

    [Fact]
    public async Task What_is_kept_of_tokens_is_their_hashes()
    {
        var registered = await RegisterAsync();

        foreach (var secret in new[] { registered.Secret!, registered.RegistrationToken })
        {
            Assert.Equal(-1, _core.ReadStoreBytes().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)));
        }
    }

    [Fact]
    public async Task Clients_that_never_did_anything_go()
    {
        var registered = await RegisterAsync();
        _core.Clock.Advance(TimeSpan.FromDays(31));

        var due = await _core.Get<IClientStore>().FindDueAsync(
            _core.Clock.GetUtcNow() - TimeSpan.FromDays(30), _core.Clock.GetUtcNow() - TimeSpan.FromDays(30), 10, Stop);

        Assert.Equal(registered.Client.Id, Assert.Single(due).Id);
    }

    private async Task<RegistrationOutcome.Registered> RegisterAsync() => Assert.IsType<RegistrationOutcome.Registered>(
        await _core.Get<ClientRegistration>().RegisterAsync(Drafts.Web(), null, Origin, Stop));

    private Task<RegistrationOutcome> ReplaceAsync(RegistrationOutcome.Registered registered, ClientDraft draft) =>
        Configuration.UpdateAsync(registered.Client.Id, registered.RegistrationToken, draft, null, Origin, Stop);

    private static string Refused(RegistrationOutcome outcome)
    {
        var refused = Assert.IsType<RegistrationOutcome.Refused>(outcome);
        Assert.Equal(RegistrationError.InvalidToken, refused.Error);
        return refused.Description;
    }

    private async Task SetPolicyAsync(RegistrationMode mode, TimeSpan? lifetime)
    {
        var policies = _core.Get<RegistrationPolicies>();
        var policy = new RegistrationPolicy
        {
            Mode = mode,
            ClientLifetime = lifetime,
            AllowedScopes = ["mail"],
            Version = policies.Current.Version,
        };
        Assert.IsType<RegistrationPolicyChange.Changed>(await policies.ChangeAsync(policy, "test", Admin, Stop));
    }
}
