using Dashboard.Core.Agents;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Expiries;
using Dashboard.Core.Alerts.Watching;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Agents;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Alerts.Watching;

/// <summary>Much that runs out of one sort hides nothing of another.</summary>
public sealed class ExpiryCheckTests : IAsyncLifetime
{
    private static readonly AuditEntry Entry = new(Actor.Signet, "test.made", "test", "1");

    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AlertBook Book => _core.Get<AlertBook>();

    private IClientStore Clients => _core.Get<IClientStore>();

    private DateTimeOffset Now => _core.Clock.GetUtcNow();

    public async ValueTask InitializeAsync() => _core = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Many_secrets_that_run_out_hide_no_registration()
    {
        await AddSecretsAsync(SoonExpiring.Most);
        await Clients.AddAsync(ClientBuilder.Client("last") with { ExpiresAt = Now.AddDays(20) }, Entry, Stop);

        var items = await _core.Get<SoonExpiring>().ReadAsync(Stop);

        Assert.Equal(SoonExpiring.Most, items.Count(item => item.Kind == "Client secret"));
        Assert.Equal("client:last", Assert.Single(items, item => item.Kind == "Registration").Key);
        Assert.Equal(items.OrderBy(item => item.At), items);
    }

    [Fact]
    public async Task Many_keys_that_ran_out_hide_none_that_will()
    {
        for (var number = 0; number < SoonExpiring.Most; number++)
        {
            await AddKeyAsync($"ak_past_{number}", Now.AddDays(-1));
        }

        await AddKeyAsync("ak_soon", Now.AddDays(1));

        Assert.Equal("agent-key:ak_soon", Assert.Single(await _core.Get<SoonExpiring>().ReadAsync(Stop), item => item.Kind == "Agent key").Key);
    }

    [Fact]
    public async Task Alert_of_one_sort_ends_however_many_there_are_of_another()
    {
        await AddSecretsAsync(SoonExpiring.Most);
        await AddKeyAsync("ak_soon", Now.AddDays(20));
        await CheckAsync();
        Assert.Contains("agent-key:ak_soon 30d", await KeysAsync());

        await _core.Get<IAgentKeyStore>().DeleteAsync("ak_soon", Entry, Stop);
        await CheckAsync();

        Assert.DoesNotContain("agent-key:ak_soon 30d", await KeysAsync());
        Assert.Equal(SoonExpiring.Most, (await KeysAsync()).Count);
    }

    [Fact]
    public async Task Alert_goes_on_where_more_of_its_sort_run_out_than_are_read()
    {
        await Clients.AddAsync(WithSecret("later", Now.AddDays(20)), Entry, Stop);
        await CheckAsync();
        await AddSecretsAsync(SoonExpiring.Most);
        await CheckAsync();

        Assert.Contains("client-secret:later:sgt_cs_abcde 30d", await KeysAsync());
    }

    [Fact]
    public async Task What_ran_out_is_told_of_until_it_is_renewed()
    {
        await Clients.AddAsync(WithSecret("app", Now.AddDays(1)) with { ExpiresAt = Now.AddDays(1) }, Entry, Stop);
        await AddKeyAsync("ak", Now.AddDays(1));
        await CheckAsync();
        Assert.Equal(3, (await KeysAsync()).Count(key => key.EndsWith(" 1d", StringComparison.Ordinal)));

        _core.Clock.Advance(TimeSpan.FromDays(2));
        await CheckAsync();

        Assert.Equal(
            ["agent-key:ak 0d", "client-secret:app:sgt_cs_abcde 0d", "client:app 0d"],
            (await KeysAsync()).Order(StringComparer.Ordinal));
        Assert.All(
            await Book.ReadUnresolvedAsync(AlertKinds.Expiring, Stop),
            alert => Assert.Equal((AlertSeverity.Critical, true), (alert.Severity, alert.Title.EndsWith("has run out", StringComparison.Ordinal))));
        Assert.Empty(await _core.Get<SoonExpiring>().ReadAsync(Stop));

        var app = (await Clients.FindAsync("app", Stop))!;
        await Clients.ReplaceAsync(
            app with { ExpiresAt = null, Secrets = [.. app.Secrets, ClientBuilder.Secret("s-2") with { ExpiresAt = Now.AddDays(90) }] },
            Entry,
            Stop);
        await CheckAsync();
        Assert.Equal(["agent-key:ak 0d"], await KeysAsync());

        _core.Clock.Advance(TimeSpan.FromDays(6.5));
        await CheckAsync();
        Assert.Empty(await KeysAsync());
    }

    private async Task AddSecretsAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await Clients.AddAsync(WithSecret($"app-{number}", Now.AddDays(10)), Entry, Stop);
        }
    }

    private static Client WithSecret(string id, DateTimeOffset expiresAt) =>
        ClientBuilder.Client(id) with { Secrets = [ClientBuilder.Secret("s-1") with { ExpiresAt = expiresAt }] };

    private async Task AddKeyAsync(string id, DateTimeOffset expiresAt) => Assert.True(
        await _core.Get<IAgentKeyStore>().AddAsync(AgentBuilder.Key(id) with { ExpiresAt = expiresAt }, Entry, Stop));

    private Task CheckAsync() => _core.Services.GetServices<IAlertCheck>().OfType<ExpiryCheck>().Single().CheckAsync(Stop);

    private async Task<IReadOnlyList<string>> KeysAsync() =>
        [.. (await Book.ReadUnresolvedAsync(AlertKinds.Expiring, Stop)).Select(alert => alert.Key)];
}
