using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients;

/// <summary>Several secrets at once, so that one can take over from another, and none goes while somebody needs it.</summary>
public sealed class ClientSecretTests : IAsyncLifetime
{
    private CoreHost _host = null!;
    private Client _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ClientAdministration Administration => _host.Get<ClientAdministration>();

    public async ValueTask InitializeAsync()
    {
        _host = await CoreHost.StartAsync();
        _client = (await _host.CreateAsync()).Client;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Secrets_stand_beside_each_other_up_to_five()
    {
        for (var number = 0; number < 4; number++)
        {
            var added = await AddAsync(TimeSpan.FromDays(1));
            Assert.Equal(ClientSecrets.Hash(added.Secret!), added.Client.Secrets[^1].Hash);
            Assert.Equal(_host.Clock.GetUtcNow().AddDays(1), added.Client.Secrets[^1].ExpiresAt);
        }

        var refused = Assert.IsType<ClientUpdate.Invalid>(
            await Administration.AddSecretAsync(_client.Id, null, "one more", _host.Admin(), Stop));
        Assert.Equal("secrets", Assert.Single(refused.Faults).Field);
        var stored = (await _host.StoredAsync(_client.Id)).Secrets;
        Assert.Equal(5, stored.Select(secret => secret.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task The_last_one_that_works_goes_by_force_alone()
    {
        var last = _client.Secrets[0];

        Assert.Equal(last.Id, Assert.IsType<ClientUpdate.SecretInUse>(await DeleteAsync(last.Id)).Secret.Id);

        // One that has expired meanwhile stands in for nobody.
        await AddAsync(TimeSpan.FromSeconds(1));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<ClientUpdate.SecretInUse>(await DeleteAsync(last.Id));

        Assert.IsType<ClientUpdate.Changed>(await DeleteAsync(last.Id, force: true));
        Assert.IsType<ClientUpdate.Already>(await DeleteAsync(last.Id));
        Assert.Equal("client.secret_deleted", (await _host.AuditAsync(_client.Id))[0].Action);
    }

    [Theory]
    [InlineData(7 * 24 * 60, typeof(ClientUpdate.Changed))]
    [InlineData((7 * 24 * 60) - 1, typeof(ClientUpdate.SecretInUse))]
    public async Task One_that_was_used_within_a_week_is_in_use(int minutes, Type outcome)
    {
        await AddAsync(null);
        _host.Get<ClientUses>().Record(_client.Id, _client.Secrets[0].Id);
        await _host.Get<ClientUses>().WriteAsync(Stop);
        _host.Clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.IsType(outcome, await DeleteAsync(_client.Secrets[0].Id));
    }

    [Fact]
    public async Task One_that_has_expired_goes_without_a_question()
    {
        var added = await AddAsync(TimeSpan.FromMinutes(1));
        var id = added.Client.Secrets[1].Id;
        _host.Get<ClientUses>().Record(_client.Id, id);
        await _host.Get<ClientUses>().WriteAsync(Stop);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(Assert.IsType<ClientUpdate.Changed>(await DeleteAsync(id)).Client.Secrets);
    }

    private async Task<ClientUpdate.Changed> AddAsync(TimeSpan? lifetime) => Assert.IsType<ClientUpdate.Changed>(
        await Administration.AddSecretAsync(_client.Id, lifetime, "rotation", _host.Admin(), Stop));

    private Task<ClientUpdate> DeleteAsync(string id, bool force = false) =>
        Administration.DeleteSecretAsync(_client.Id, id, force, "rotated", _host.Admin(), Stop);
}
