using System.Text;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients;

/// <summary>What administrators do with clients, and what nobody may.</summary>
public sealed class ClientAdministrationTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ClientAdministration Administration => _host.Get<ClientAdministration>();

    private ClientDirectory Directory => _host.Get<ClientDirectory>();

    private Actor Admin => _host.Admin();

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_new_client_gets_its_id_and_its_secret_once()
    {
        var created = await _host.CreateAsync(ClientBuilder.Draft() with { Lifetime = TimeSpan.FromDays(3) });

        Assert.Matches("^client_[A-Za-z0-9_-]{22}$", created.Client.Id);
        Assert.Matches("^sgt_cs_[A-Za-z0-9_-]{43}$", created.Secret!);
        Assert.Null(created.RegistrationToken);
        Assert.Equivalent(created.Client, await Directory.FindAsync(created.Client.Id, Stop), strict: true);
        Assert.Equal(
            (ClientOrigin.Operator, "admin", ClientState.Enabled, _host.Clock.GetUtcNow().AddDays(3)),
            (created.Client.Origin, created.Client.CreatedBy, created.Client.State, created.Client.ExpiresAt));
        var secret = Assert.Single(created.Client.Secrets);
        Assert.Equal(created.Secret![..12], secret.Prefix);
        Assert.Equal(ClientSecrets.Hash(created.Secret), secret.Hash);
        var entry = Assert.Single(await _host.AuditAsync(created.Client.Id));
        Assert.Equal(("client.created", "needed"), (entry.Action, entry.Reason));
        Assert.DoesNotContain(created.Secret, Encoding.UTF8.GetString(_host.ReadStoreBytes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClientAuthMethod.None)]
    [InlineData(ClientAuthMethod.PrivateKeyJwt)]
    public async Task A_client_that_uses_no_secret_gets_none(ClientAuthMethod method)
    {
        var keys = method is ClientAuthMethod.None ? null : "https://app.example.com/jwks";
        var created = await _host.CreateAsync(ClientBuilder.Draft() with
        {
            AuthMethod = method,
            GrantTypes = [GrantTypes.AuthorizationCode],
            RedirectUris = ["https://app.example.com/cb"],
            Details = new ClientDetails { JwksUri = keys },
        });

        Assert.Null(created.Secret);
        Assert.Empty(created.Client.Secrets);
        Assert.Equal(
            "token_endpoint_auth_method",
            Assert.Single(Assert.IsType<ClientUpdate.Invalid>(
                await Administration.AddSecretAsync(created.Client.Id, null, "why", Admin, Stop)).Faults).Field);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_is_stored()
    {
        var invalid = Assert.IsType<ClientCreation.Invalid>(await Administration.CreateAsync(
            ClientBuilder.Draft() with { Name = "", Lifetime = TimeSpan.Zero }, null, Admin, Stop));

        Assert.Contains("client_name", invalid.Faults.Select(fault => fault.Field));
        Assert.Contains("lifetime", invalid.Faults.Select(fault => fault.Field));
        Assert.Empty((await Directory.ListAsync(new ClientFilter(), null, 10, Stop)).Items);
    }

    [Theory]
    [InlineData("reviewer", 0, AccessRefusal.Role)]
    [InlineData("support", 0, AccessRefusal.Role)]
    [InlineData("", 0, AccessRefusal.Role)]
    [InlineData("administrator", 6, AccessRefusal.Proof)]
    public async Task Whoever_may_not_changes_nothing(string role, int minutes, AccessRefusal refusal)
    {
        var client = (await _host.CreateAsync()).Client;
        var who = new Actor("mallory", role) { ProvenAt = _host.Clock.GetUtcNow() - TimeSpan.FromMinutes(minutes) };
        var id = client.Id;

        Func<Task>[] acts =
        [
            () => Administration.CreateAsync(ClientBuilder.Draft(), "why", who, Stop),
            () => Administration.UpdateAsync(id, ClientBuilder.Draft() with { Name = "x" }, 0, "why", who, Stop),
            () => Administration.SetEnabledAsync(id, false, "why", who, Stop),
            () => Administration.VerifyAsync(id, 0, "why", who, Stop),
            () => Administration.UnverifyAsync(id, "why", who, Stop),
            () => Administration.RenewAsync(id, null, "why", who, Stop),
            () => Administration.ApproveAsync(id, 0, "why", who, Stop),
            () => Administration.RejectAsync(id, "why", who, Stop),
            () => Administration.AddSecretAsync(id, null, "why", who, Stop),
            () => Administration.DeleteSecretAsync(id, client.Secrets[0].Id, true, "why", who, Stop),
            () => Administration.NewRegistrationTokenAsync(id, "why", who, Stop),
            () => Administration.DeleteAsync(id, "why", who, Stop),
        ];
        foreach (var act in acts)
        {
            Assert.Equal(refusal, (await Assert.ThrowsAsync<AccessRefusedException>(act)).Refusal);
        }

        Assert.Equivalent(client, await _host.StoredAsync(id), strict: true);
    }

    [Fact]
    public async Task An_update_tells_what_was_and_is_and_never_overwrites_what_was_not_seen()
    {
        var client = (await _host.CreateAsync()).Client;
        var draft = ClientBuilder.Draft() with { Name = "Billing", Scopes = ["files:read", "files:write"] };

        var changed = Assert.IsType<ClientUpdate.Changed>(
            await Administration.UpdateAsync(client.Id, draft, client.Version, "renamed", Admin, Stop));
        var overtaken = await Administration.UpdateAsync(client.Id, draft with { Name = "x" }, client.Version, "late", Admin, Stop);
        var already = await Administration.UpdateAsync(client.Id, draft, changed.Client.Version, "again", Admin, Stop);

        Assert.Equal(("Billing", client.Version + 1, null), (changed.Client.Name, changed.Client.Version, changed.Secret));
        Assert.Equivalent(changed.Client, await Directory.FindAsync(client.Id, Stop), strict: true);
        Assert.Equal("Billing", Assert.IsType<ClientUpdate.Overtaken>(overtaken).Client.Name);
        Assert.IsType<ClientUpdate.Already>(already);
        var entry = (await _host.AuditAsync(client.Id))[0];
        Assert.Equal(
            ("client.changed", """{"client_name":"Reports","scope":"files:read"}""", """{"client_name":"Billing","scope":"files:read files:write"}"""),
            (entry.Action, entry.Before, entry.After));
        Assert.IsType<ClientUpdate.Invalid>(await Administration.UpdateAsync(
            client.Id, draft with { Name = "" }, changed.Client.Version, "why", Admin, Stop));
        Assert.IsType<ClientUpdate.Unknown>(await Administration.UpdateAsync("nobody", draft, 0, "why", Admin, Stop));
    }

    [Fact]
    public async Task A_client_that_turns_public_loses_its_secrets_and_gets_one_when_it_turns_back()
    {
        var client = (await _host.CreateAsync()).Client;
        var asPublic = ClientBuilder.Draft() with
        {
            AuthMethod = ClientAuthMethod.None,
            GrantTypes = [GrantTypes.AuthorizationCode],
            RedirectUris = ["https://app.example.com/cb"],
        };

        var open = Assert.IsType<ClientUpdate.Changed>(await Administration.UpdateAsync(client.Id, asPublic, 0, "why", Admin, Stop));
        var back = Assert.IsType<ClientUpdate.Changed>(
            await Administration.UpdateAsync(client.Id, ClientBuilder.Draft(), 1, "why", Admin, Stop));

        Assert.Empty(open.Client.Secrets);
        Assert.Equal(ClientSecrets.Hash(back.Secret!), Assert.Single(back.Client.Secrets).Hash);
    }

    [Fact]
    public async Task Disabling_verifying_and_renewing_are_told_and_done_once()
    {
        var id = (await _host.CreateAsync(ClientBuilder.Draft() with { Lifetime = TimeSpan.FromDays(1) })).Client.Id;

        Assert.Equal(ClientState.Disabled, Changed(await Administration.SetEnabledAsync(id, false, "abuse", Admin, Stop)).State);
        Assert.IsType<ClientUpdate.Already>(await Administration.SetEnabledAsync(id, false, "again", Admin, Stop));
        Assert.Equal(ClientState.Enabled, Changed(await Administration.SetEnabledAsync(id, true, "over", Admin, Stop)).State);
        var verified = Changed(await Administration.VerifyAsync(id, 2, "known", Admin, Stop));
        Assert.True(verified.IsVerified);
        Assert.IsType<ClientUpdate.Already>(await Administration.VerifyAsync(id, verified.Version, "again", Admin, Stop));
        Assert.False(Changed(await Administration.UnverifyAsync(id, "no longer", Admin, Stop)).IsVerified);
        Assert.IsType<ClientUpdate.Already>(await Administration.UnverifyAsync(id, "again", Admin, Stop));
        _host.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(ClientStanding.Expired, (await _host.StoredAsync(id)).StandingAt(_host.Clock.GetUtcNow()));
        Assert.IsType<ClientUpdate.Invalid>(await Administration.RenewAsync(id, TimeSpan.FromSeconds(-1), "why", Admin, Stop));
        Assert.Equal(
            _host.Clock.GetUtcNow().AddDays(9), Changed(await Administration.RenewAsync(id, TimeSpan.FromDays(9), "why", Admin, Stop)).ExpiresAt);
        Assert.Null(Changed(await Administration.RenewAsync(id, null, "why", Admin, Stop)).ExpiresAt);

        Assert.Equal(
            ["client.renewed", "client.renewed", "client.unverified", "client.verified", "client.enabled", "client.disabled", "client.created"],
            (await _host.AuditAsync(id)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task One_that_waits_is_approved_or_rejected_and_nothing_else()
    {
        await _host.AddAsync(ClientBuilder.SelfRegistered("one") with { State = ClientState.Pending });
        await _host.AddAsync(ClientBuilder.SelfRegistered("two") with { State = ClientState.Pending });

        Assert.IsType<ClientUpdate.Invalid>(await Administration.SetEnabledAsync("one", true, "why", Admin, Stop));
        Assert.Equal(ClientState.Enabled, Changed(await Administration.ApproveAsync("one", 0, "known", Admin, Stop)).State);
        Assert.IsType<ClientUpdate.Already>(await Administration.ApproveAsync("one", 1, "again", Admin, Stop));
        Assert.IsType<ClientUpdate.NotWaiting>(await Administration.RejectAsync("one", "too late", Admin, Stop));
        Changed(await Administration.SetEnabledAsync("one", false, "abuse", Admin, Stop));
        Assert.IsType<ClientUpdate.NotWaiting>(await Administration.ApproveAsync("one", 2, "again", Admin, Stop));
        Assert.Equal(ClientEndReason.Rejected, Changed(await Administration.RejectAsync("two", "unknown", Admin, Stop)).Ended!.Reason);
        Assert.IsType<ClientUpdate.Unknown>(await Administration.ApproveAsync("two", 0, "too late", Admin, Stop));
    }

    [Fact]
    public async Task Nobody_approves_or_vouches_for_what_they_have_not_seen()
    {
        await _host.AddAsync(ClientBuilder.SelfRegistered("one") with { State = ClientState.Pending });
        var seen = await _host.StoredAsync("one");
        await ChangeItselfAsync(seen with { RedirectUris = ["https://evil.example/cb"] });

        Assert.IsType<ClientUpdate.Overtaken>(await Administration.ApproveAsync("one", seen.Version, "known", Admin, Stop));
        Assert.Equal(ClientState.Pending, (await _host.StoredAsync("one")).State);
        Changed(await Administration.ApproveAsync("one", seen.Version + 1, "known", Admin, Stop));
        await ChangeItselfAsync((await _host.StoredAsync("one")) with { Name = "Bank" });
        Assert.IsType<ClientUpdate.Overtaken>(await Administration.VerifyAsync("one", seen.Version + 2, "known", Admin, Stop));
        Assert.False((await _host.StoredAsync("one")).IsVerified);

        async Task ChangeItselfAsync(Client changed) => Assert.True(await _host.Get<IClientStore>().ReplaceAsync(
            changed, new AuditEntry(Actor.OfClient("one", null), "client.changed", "client", "one"), Stop));
    }

    [Fact]
    public async Task The_audit_log_tells_what_changed_far_behind_in_a_long_value()
    {
        var draft = ClientBuilder.Draft() with
        {
            GrantTypes = [GrantTypes.AuthorizationCode],
            RedirectUris = [$"https://app.example.com/{new string('a', 1_200)}", "https://app.example.com/cb"],
        };
        var client = (await _host.CreateAsync(draft)).Client;

        await Administration.UpdateAsync(
            client.Id, draft with { RedirectUris = [draft.RedirectUris[0], "https://evil.example/cb"] }, 0, "why", Admin, Stop);

        var entry = (await _host.AuditAsync(client.Id))[0];
        Assert.EndsWith(" https://app.example.com/cb\"}", entry.Before, StringComparison.Ordinal);
        Assert.EndsWith(" https://evil.example/cb\"}", entry.After, StringComparison.Ordinal);
        Assert.True(entry.After!.Length < 1_100);
    }

    [Fact]
    public async Task A_registration_token_is_shown_once_and_replaces_the_one_before()
    {
        var id = (await _host.CreateAsync()).Client.Id;

        var first = Assert.IsType<ClientUpdate.Changed>(await Administration.NewRegistrationTokenAsync(id, "lost", Admin, Stop));
        var second = Assert.IsType<ClientUpdate.Changed>(await Administration.NewRegistrationTokenAsync(id, "lost", Admin, Stop));

        Assert.Matches("^sgt_rat_[A-Za-z0-9_-]{43}$", first.Secret!);
        Assert.NotEqual(first.Secret, second.Secret);
        Assert.Equal(ClientSecrets.Hash(second.Secret!), (await _host.StoredAsync(id)).RegistrationTokenHash);
    }

    [Fact]
    public async Task Changes_at_once_all_arrive()
    {
        var id = (await _host.CreateAsync()).Client.Id;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Administration.AddSecretAsync(id, null, "why", Admin, Stop))));

        Assert.Equal(5, (await _host.StoredAsync(id)).Secrets.Count);
    }

    private static Client Changed(ClientUpdate update) => Assert.IsType<ClientUpdate.Changed>(update).Client;
}
