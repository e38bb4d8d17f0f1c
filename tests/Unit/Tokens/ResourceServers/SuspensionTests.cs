using Dashboard.Core.Agents;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.ResourceServers;
using Dashboard.Tests.Unit.Agents;
using Dashboard.Tests.Unit.Clients;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Tokens.ResourceServers;

/// <summary>Who may not act for now, as APIs are told.</summary>
public sealed class SuspensionTests : IAsyncLifetime
{
    private static readonly Actor By = TokenBuilder.Somebody;

    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RevocationFeed Feed => _host.Get<RevocationFeed>();

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(
        hosted: true, configure: static services => services.AddSingleton<IPasswordHashing, FastHashing>());

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Disabled_client_is_told_once_and_so_is_that_it_may_act_again()
    {
        var id = (await _host.CreateAsync()).Client.Id;
        var first = Feed.Read(null);
        Assert.Equal([], first.Suspended);
        Assert.Null(Feed.Read(first.Cursor).Suspended);

        await SetEnabledAsync(id, false);
        var disabled = await ToldAsync(first.Cursor);
        Assert.Equal([new Suspension("client", RevocationFeed.HashOf("client", id), null)], disabled.Suspended);
        Assert.Null(Feed.Read(disabled.Cursor).Suspended);

        await SetEnabledAsync(id, true);
        Assert.Equal([], (await ToldAsync(disabled.Cursor)).Suspended);
    }

    [Fact]
    public async Task After_a_restart_it_is_told_to_whoever_does_not_know_it_and_to_nobody_else()
    {
        var id = (await _host.CreateAsync()).Client.Id;
        var before = Feed.Read(null).Cursor;
        await SetEnabledAsync(id, false);
        var after = (await ToldAsync(before)).Cursor;

        await _host.ReopenAsync();

        Assert.Single(Feed.Read(null).Suspended!);
        Assert.Single(Feed.Read(before).Suspended!);
        Assert.Null(Feed.Read(after).Suspended);
    }

    [Fact]
    public async Task Client_is_told_some_minutes_before_it_expires_and_no_more_when_it_was_renewed()
    {
        var expiresAt = _host.Clock.GetUtcNow().AddHours(1);
        var client = ClientBuilder.Client() with { ExpiresAt = expiresAt };
        await _host.AddAsync(client);
        var early = Feed.Read(null);
        Assert.Equal([], early.Suspended);

        _host.Clock.Advance(TimeSpan.FromMinutes(56));
        var late = await ToldAsync(early.Cursor);
        Assert.Equal([new Suspension("client", RevocationFeed.HashOf("client", client.Id), expiresAt)], late.Suspended);

        await _host.Get<ClientAdministration>().RenewAsync(client.Id, TimeSpan.FromDays(1), "a test", _host.Admin(), Stop);
        Assert.Equal([], (await ToldAsync(late.Cursor)).Suspended);
    }

    [Fact]
    public async Task Disabled_person_is_told_as_whoever_their_tokens_may_name()
    {
        await CreateOperatorAsync("root");
        var ada = await CreateOperatorAsync("Ada");
        var cursor = Feed.Read(null).Cursor;

        await _host.Get<OperatorAdministration>().SetEnabledAsync(ada.Id, false, "a test", By, Stop);

        Assert.Equal(
            new[] { "OPERATOR:ADA", "USER:ADA" }.Select(name => RevocationFeed.HashOf("person", name)).Order(StringComparer.Ordinal),
            Feed.Read(cursor).Suspended!.Select(entry => entry.Value));
        await _host.Get<OperatorAdministration>().SetEnabledAsync(ada.Id, true, "a test", By, Stop);
        Assert.Equal([], Feed.Read(null).Suspended);
    }

    [Fact]
    public async Task Agent_whose_key_is_disabled_or_expires_is_told()
    {
        var keys = _host.Get<AgentKeys>();
        var key = Assert.IsType<AgentKeyChange.Changed>(
            await keys.CreateAsync(new AgentKeyDraft("a test", TimeSpan.FromDays(1), []), "a test", By, Stop)).Key;
        await _host.Get<IAgentStore>().RegisterAsync(
            AgentBuilder.Agent() with { KeyId = key.Id }, _host.Clock.GetUtcNow().AddMinutes(-1), LedgerChange.None, Stop);
        await _host.Get<Suspensions>().LoadAgentsAsync(null, Stop);

        var told = Assert.Single(Feed.Read(null).Suspended!);
        Assert.Equal(("subject", key.ExpiresAt), (told.Scope, told.From));
        Assert.Equal(RevocationFeed.HashOf("subject", "agent:" + AgentBuilder.Agent().Id), told.Value);

        await keys.SetEnabledAsync(key.Id, false, "a test", By, Stop);
        Assert.Null(Assert.Single(Feed.Read(null).Suspended!).From);
    }

    private async Task SetEnabledAsync(string id, bool isEnabled) => Assert.IsType<ClientUpdate.Changed>(
        await _host.Get<ClientAdministration>().SetEnabledAsync(id, isEnabled, "a test", _host.Admin(), Stop));

    private async Task<OperatorAccount> CreateOperatorAsync(string name) => Assert.IsType<OperatorCreation.Created>(
        await _host.Get<OperatorAdministration>().CreateAsync(name, "administrator", null, null, By, Stop)).Operator;

    // The next page with news of that.
    private async Task<RevocationPage> ToldAsync(string cursor)
    {
        await Eventually.TrueAsync(() => Feed.Read(cursor).Suspended is not null);
        return Feed.Read(cursor);
    }
}
