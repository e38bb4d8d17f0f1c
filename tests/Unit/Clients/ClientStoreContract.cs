using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients;

/// <summary>What every client store must do.</summary>
public abstract class ClientStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = LedgerRows.Start.AddDays(1);

    private IClientStore Store => Host.Get<IClientStore>();

    [Fact]
    public async Task Add_then_find_gives_the_same_client()
    {
        foreach (var client in new[] { ClientBuilder.Client(), ClientBuilder.Full() })
        {
            Assert.True(await Store.AddAsync(client, Entry(), Stop));
            Assert.Equivalent(client, await Store.FindAsync(client.Id, Stop), strict: true);
        }

        Assert.Null(await Store.FindAsync("nobody", Stop));
    }

    [Fact]
    public async Task Of_many_adds_of_one_id_at_once_one_succeeds()
    {
        var before = await NewestAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => Store.AddAsync(
            ClientBuilder.Client() with { Name = $"name {number}" }, Entry(), Stop))));

        Assert.Equal($"name {Array.IndexOf(added, true)}", (await FoundAsync("client-1")).Name);
        Assert.Single(added, true);
        Assert.Equal(before + 1, await NewestAsync());
    }

    [Fact]
    public async Task Of_many_replacements_from_one_version_one_succeeds()
    {
        var client = await AddAsync(ClientBuilder.Full());
        var before = await NewestAsync();

        var replaced = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => Store.ReplaceAsync(
            client with { Name = $"name {number}" }, Entry(), Stop))));

        Assert.Single(replaced, true);
        Assert.Equivalent(
            client with { Name = $"name {Array.IndexOf(replaced, true)}", Version = 8 }, await FoundAsync("full"), strict: true);
        Assert.Equal(before + 1, await NewestAsync());
    }

    [Fact]
    public async Task What_expires_in_a_time_is_found_by_registrations_and_by_secrets()
    {
        var secret = ClientBuilder.Secret("s-9");
        await AddAsync(ClientBuilder.Client("never"));
        await AddAsync(ClientBuilder.Client("by itself") with { ExpiresAt = Now.AddDays(2) });
        await AddAsync(ClientBuilder.Client("too late") with { ExpiresAt = Now.AddDays(3) });
        await AddAsync(ClientBuilder.Client("long ago") with { Secrets = [secret with { ExpiresAt = Now.AddSeconds(-1) }] });
        await AddAsync(Ended(ClientBuilder.Client("ended") with { ExpiresAt = Now.AddDays(1) }, Now));
        var client = await AddAsync(ClientBuilder.Client("by secret") with
        {
            Secrets = [secret with { ExpiresAt = Now.AddDays(-1) }, ClientBuilder.Secret("s-2") with { ExpiresAt = Now }],
        });

        Assert.Equal(["by itself", "by secret"], await ExpiringAsync());
        Assert.True(await Store.ReplaceAsync(client with { Secrets = [secret with { ExpiresAt = Now.AddDays(3) }] }, Entry(), Stop));
        Assert.Equal(["by itself"], await ExpiringAsync());
        Assert.True(await Store.ReplaceAsync(
            client with { Secrets = [secret with { ExpiresAt = Now.AddHours(3) }], Version = client.Version + 1 }, Entry(), Stop));
        Assert.Equal(["by itself", "by secret"], await ExpiringAsync());
        Assert.Single(await Store.FindExpiringAsync(Now.AddHours(4), Now.AddDays(2).AddMilliseconds(1), 1, Stop));

        async Task<IEnumerable<string>> ExpiringAsync() =>
            (await Store.FindExpiringAsync(Now, Now.AddDays(3), 10, Stop)).Select(found => found.Id).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_act_or_soon_no_more_is_found()
    {
        var disabled = await AddAsync(ClientBuilder.Client("disabled") with { State = ClientState.Disabled, DecidedAt = Now });
        await AddAsync(ClientBuilder.Client("good") with { ExpiresAt = Now.AddDays(1) });
        await AddAsync(disabled with { Id = "disabled by whom", DecidedAt = null });
        await AddAsync(ClientBuilder.Client("expired") with { ExpiresAt = Now.AddDays(-9) });
        await AddAsync(ClientBuilder.Client("expires") with { ExpiresAt = Now.AddDays(1).AddMilliseconds(-1) });
        await AddAsync(ClientBuilder.Client("waits") with { State = ClientState.Pending, Version = 3 });
        await AddAsync(ClientBuilder.Full("waits again") with { DecidedAt = Now.AddDays(-9) });
        await AddAsync(Ended(disabled with { Id = "ended" }, Now));
        await AddAsync(Ended(disabled with { Id = "ended for good" }, Now));
        await Store.SetCutOffAsync("ended for good", Stop);

        Assert.Equal(["disabled", "disabled by whom", "ended", "expired", "expires", "waits again"], await BarredAsync());
        Assert.True(await Store.ReplaceAsync(disabled with { State = ClientState.Enabled }, Entry(), Stop));
        Assert.DoesNotContain("disabled", await BarredAsync());
        Assert.True(await Store.ReplaceAsync(disabled with { Version = 1 }, Entry(), Stop));
        Assert.Contains("disabled", await BarredAsync());

        async Task<IEnumerable<string>> BarredAsync() =>
            (await Store.FindBarredAsync(Now.AddDays(1), Stop)).Select(found => found.Id).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Replace_of_nobody_and_an_id_that_ended_change_nothing()
    {
        var ended = await AddAsync(Ended(ClientBuilder.Client(), Now));
        var before = await NewestAsync();

        Assert.False(await Store.ReplaceAsync(ClientBuilder.Client("nobody"), Entry(), Stop));
        Assert.False(await Store.AddAsync(ClientBuilder.Client(), Entry(), Stop));

        Assert.Equivalent(ended, await FoundAsync("client-1"), strict: true);
        Assert.Equal(before, await NewestAsync());
    }

    [Fact]
    public async Task Uses_stay_through_a_replacement_and_go_with_their_secret()
    {
        var client = await AddAsync(ClientBuilder.Client() with { Secrets = [ClientBuilder.Secret("s-1"), ClientBuilder.Secret("s-2")] });
        await UseAsync(new ClientUse("client-1", "s-1", Now), new ClientUse("client-1", "s-2", Now.AddSeconds(1)));

        Assert.True(await Store.ReplaceAsync(
            client with { Secrets = [ClientBuilder.Secret("s-2"), ClientBuilder.Secret("s-3")], LastUsedAt = null }, Entry(), Stop));
        var changed = await FoundAsync("client-1");

        Assert.Equal(Now.AddSeconds(1), changed.LastUsedAt);
        Assert.Equal([("s-2", Now.AddSeconds(1)), ("s-3", null)], changed.Secrets.Select(secret => (secret.Id, secret.LastUsedAt)));

        // The id of a secret that went says nothing about one that comes.
        Assert.True(await Store.ReplaceAsync(changed with { Secrets = [ClientBuilder.Secret("s-1")] }, Entry(), Stop));
        Assert.Null(Assert.Single((await FoundAsync("client-1")).Secrets).LastUsedAt);
    }

    [Fact]
    public async Task Uses_never_turn_back_and_need_no_version()
    {
        var client = await AddAsync(ClientBuilder.Client());

        await UseAsync(new ClientUse("client-1", "s-1", Now));
        await UseAsync(new ClientUse("client-1", "s-1", Now.AddSeconds(-5)), new ClientUse("client-1", null, Now.AddSeconds(-6)));
        await UseAsync(new ClientUse("client-1", null, Now.AddSeconds(1)), new ClientUse("nobody", "s-1", Now));

        var used = await FoundAsync("client-1");
        Assert.Equal((Now.AddSeconds(1), Now, client.Version), (used.LastUsedAt, used.Secrets[0].LastUsedAt, used.Version));
        Assert.Null(await Store.FindAsync("nobody", Stop));
    }

    [Fact]
    public async Task Many_uses_at_once_leave_the_latest()
    {
        await AddAsync(ClientBuilder.Client());

        await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() =>
            Store.RecordUsesAsync([new ClientUse("client-1", "s-1", Now.AddSeconds(number))], Stop))));

        var used = await FoundAsync("client-1");
        Assert.Equal((Now.AddSeconds(31), Now.AddSeconds(31)), (used.LastUsedAt, used.Secrets[0].LastUsedAt));
    }

    [Fact]
    public async Task List_gives_every_client_once_newest_first()
    {
        var random = new Lcg(5);
        var clients = Enumerable.Range(0, 25)
            .Select(number => ClientBuilder.Client($"c-{number}") with { CreatedAt = LedgerRows.Start.AddSeconds(random.Next(6)) }).ToList();
        await Task.WhenAll(clients.Select(AddAsync));
        await AddAsync(Ended(ClientBuilder.Client("gone"), Now));
        List<Client> listed = [];
        string? cursor = null;

        do
        {
            var page = await Store.ListAsync(new ClientFilter(), Now, cursor, 7, Stop);
            Assert.Equal((25, false), (page.Total, page.TotalIsCapped));
            listed.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(
            clients.OrderByDescending(client => client.CreatedAt).ThenByDescending(client => client.Id, StringComparer.Ordinal).Select(client => client.Id),
            listed.Select(client => client.Id));
        Assert.Equal(["gone"], await IdsAsync(new ClientFilter { Standing = ClientStanding.Gone }));
    }

    [Fact]
    public async Task List_keeps_to_its_filter()
    {
        Client[] clients =
        [
            ClientBuilder.Client("good") with { Name = "Éclair" },
            ClientBuilder.Client("off") with { State = ClientState.Disabled },
            ClientBuilder.SelfRegistered("waits") with { State = ClientState.Pending },
            ClientBuilder.Client("over") with { ExpiresAt = Now },
            ClientBuilder.SelfRegistered("public") with { AuthMethod = ClientAuthMethod.None, ExpiresAt = Now.AddSeconds(1) },
            Ended(ClientBuilder.SelfRegistered("gone"), Now),
        ];
        foreach (var client in clients)
        {
            await AddAsync(client);
        }

        Assert.Equal(["good", "public"], await IdsAsync(new ClientFilter { Standing = ClientStanding.Good }));
        Assert.Equal(["over"], await IdsAsync(new ClientFilter { Standing = ClientStanding.Expired }));
        Assert.Equal(["off"], await IdsAsync(new ClientFilter { Standing = ClientStanding.Disabled }));
        Assert.Equal(["waits"], await IdsAsync(new ClientFilter { Standing = ClientStanding.Pending }));
        Assert.Equal(["gone"], await IdsAsync(new ClientFilter { Standing = ClientStanding.Gone, Search = "the G" }));
        Assert.Equal(["public", "waits"], await IdsAsync(new ClientFilter { Origin = ClientOrigin.SelfRegistered }));
        Assert.Equal(["public"], await IdsAsync(new ClientFilter { IsPublic = true }));
        Assert.Equal(["good"], await IdsAsync(new ClientFilter { Search = "éCL" }));
        Assert.Equal(["off", "over"], await IdsAsync(new ClientFilter { Search = "O" }));
        Assert.Equal(5, (await IdsAsync(new ClientFilter { Search = "" })).Length);
    }

    [Fact]
    public async Task Search_that_matches_little_goes_on_behind_what_it_looked_at()
    {
        await AddAsync(ClientBuilder.Client("needle"));
        foreach (var batch in Enumerable.Range(0, ClientWalk.MostLooked).Chunk(500))
        {
            await Task.WhenAll(batch.Select(number => AddAsync(
                ClientBuilder.Client($"hay-{number}") with { Name = "hay", CreatedAt = LedgerRows.Start.AddSeconds(1) })));
        }

        var filter = new ClientFilter { Search = "needle" };
        var first = await Store.ListAsync(filter, Now, null, 10, Stop);
        var second = await Store.ListAsync(filter, Now, first.NextCursor, 10, Stop);

        Assert.Equal((0, 0, true), (first.Items.Count, (int)first.Total, first.TotalIsCapped));
        Assert.Equal(["needle"], second.Items.Select(client => client.Id));
        Assert.Null(second.NextCursor);
    }

    [Fact]
    public async Task Due_are_those_that_expired_and_those_that_nobody_used()
    {
        Client[] clients =
        [
            ClientBuilder.Client("over") with { ExpiresAt = Now.AddMilliseconds(-1) },
            ClientBuilder.Client("just") with { ExpiresAt = Now },
            ClientBuilder.Client("unused"),
            ClientBuilder.SelfRegistered("stale"),
            ClientBuilder.SelfRegistered("used"),
            ClientBuilder.SelfRegistered("fresh") with { CreatedAt = Now },
            ClientBuilder.SelfRegistered("both") with { ExpiresAt = LedgerRows.Start },
            Ended(ClientBuilder.SelfRegistered("gone") with { ExpiresAt = LedgerRows.Start }, Now),
        ];
        foreach (var client in clients)
        {
            await AddAsync(client);
        }

        await UseAsync(new ClientUse("used", null, LedgerRows.Start));

        Assert.Equal(["both", "over", "stale"], (await DueAsync(10)).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await DueAsync(2)).Length);

        Assert.True(await Store.ReplaceAsync((await FoundAsync("over")) with { ExpiresAt = null }, Entry(), Stop));
        Assert.True(await Store.ReplaceAsync(Ended(await FoundAsync("stale"), Now), Entry(), Stop));
        Assert.Equal(["both"], await DueAsync(10));
    }

    [Fact]
    public async Task Purge_takes_tombstones_that_are_old_enough_and_no_more_at_once_than_asked()
    {
        for (var number = 0; number < 6; number++)
        {
            var client = await AddAsync(ClientBuilder.Client($"c-{number}"));
            Assert.True(await Store.ReplaceAsync(Ended(client, Now.AddSeconds(number)), Entry(), Stop));
        }

        await AddAsync(ClientBuilder.Client("lives"));
        await AddAsync(Ended(ClientBuilder.Client("named") with { Origin = ClientOrigin.Configuration }, LedgerRows.Start));

        Assert.Equal(2, await Store.PurgeAsync(Now.AddSeconds(4), 2, Term, Stop));
        Assert.Equal(2, await Store.PurgeAsync(Now.AddSeconds(4), 100, Term, Stop));
        Assert.Equal(0, await Store.PurgeAsync(Now.AddSeconds(4), 100, Term, Stop));
        Assert.Equal(["c-4", "c-5", "named"], await IdsAsync(new ClientFilter { Standing = ClientStanding.Gone }));
        Assert.Null(await Store.FindAsync("c-3", Stop));
        Assert.NotNull(await Store.FindAsync("lives", Stop));
    }

    [Fact]
    public async Task Unused_counts_from_the_last_decision_and_a_use_keeps_a_client_from_ending_as_unused()
    {
        var client = await AddAsync(ClientBuilder.SelfRegistered("c-1") with { CreatedAt = LedgerRows.Start });
        Assert.Equal(["c-1"], await DueAsync(10));

        Assert.True(await Store.ReplaceAsync(client with { DecidedAt = Now }, Entry(), Stop));
        Assert.Empty(await DueAsync(10));
        var decided = await FoundAsync("c-1");
        Assert.Equal(["c-1"], (await Store.FindDueAsync(Now, Now.AddMilliseconds(1), 10, Stop)).Select(due => due.Id));

        await UseAsync(new ClientUse("c-1", null, Now));
        var unused = decided with { Ended = new ClientEnding(ClientEndReason.Unused, Now, "signet") };
        Assert.False(await Store.ReplaceAsync(unused, Entry(), Stop));
        Assert.Null((await FoundAsync("c-1")).Ended);
        Assert.True(await Store.ReplaceAsync(
            decided with { Ended = new ClientEnding(ClientEndReason.Deleted, Now, "alice") }, Entry(), Stop));
    }

    [Fact]
    public async Task A_tombstone_is_uncut_until_it_is_said_to_be_cut_off()
    {
        foreach (var number in Enumerable.Range(0, 3))
        {
            var client = await AddAsync(ClientBuilder.Client($"c-{number}"));
            Assert.True(await Store.ReplaceAsync(Ended(client, Now.AddSeconds(number)), Entry(), Stop));
        }

        Assert.Equal(["c-0", "c-1"], await UncutAsync(Now.AddSeconds(2), 10));
        Assert.Equal(["c-0"], await UncutAsync(Now.AddSeconds(2), 1));

        await Store.SetCutOffAsync("c-0", Stop);
        Assert.True((await FoundAsync("c-0")).Ended!.IsCutOff);
        Assert.Equal(["c-1", "c-2"], await UncutAsync(Now.AddSeconds(3), 10));

        await Store.PurgeAsync(Now.AddSeconds(2), 10, Term, Stop);
        Assert.Equal(["c-2"], await UncutAsync(Now.AddSeconds(3), 10));
    }

    [Fact]
    public async Task Purge_of_an_earlier_term_takes_nothing()
    {
        await AddAsync(Ended(ClientBuilder.Client(), Now));
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(Now.AddDays(1), 100, Term, Stop));

        Assert.NotNull(await Store.FindAsync("client-1", Stop));
    }

    [Fact]
    public async Task Everything_survives_a_restart()
    {
        var client = await AddAsync(ClientBuilder.Full());
        await UseAsync(new ClientUse("full", "s-1", Now));

        await Host.ReopenAsync();

        Assert.Equivalent(
            client with { LastUsedAt = Now, Secrets = [client.Secrets[0] with { LastUsedAt = Now }, client.Secrets[1]] },
            await FoundAsync("full"),
            strict: true);
    }

    private static AuditEntry Entry() => new(Actor.Signet, "client.created", "client", "test");

    private static Client Ended(Client client, DateTimeOffset at) =>
        client with { Secrets = [], Ended = new ClientEnding(ClientEndReason.Deleted, at, "alice") };

    [Fact]
    public async Task Client_and_its_part_of_the_ledger_are_written_together_or_not_at_all()
    {
        var ledger = Host.Get<ITokenLedger>();
        var (first, second, third) = (LedgerRows.Row("rat_1"), LedgerRows.Row("rat_2"), LedgerRows.Row("rat_3"));
        var at = first.IssuedAt.AddSeconds(1);
        var client = ClientBuilder.Full();

        Assert.True(await Store.AddAsync(client, new LedgerChange(first, null, at), Entry(), Stop));
        Assert.False(await Store.AddAsync(client, new LedgerChange(third, "rat_1", at), Entry(), Stop));
        Assert.Equivalent(first, await ledger.FindAsync("rat_1", Stop), strict: true);

        Assert.True(await Store.ReplaceAsync(client, new LedgerChange(second, "rat_1", at), Entry(), Stop));
        Assert.False(await Store.ReplaceAsync(client, new LedgerChange(third, "rat_2", at), Entry(), Stop));
        Assert.Equivalent(first with { ExpiresAt = at }, await ledger.FindAsync("rat_1", Stop), strict: true);
        Assert.Equivalent(second, await ledger.FindAsync("rat_2", Stop), strict: true);
        Assert.Null(await ledger.FindAsync("rat_3", Stop));
        Assert.Equivalent(client with { Version = client.Version + 1 }, await Store.FindAsync(client.Id, Stop), strict: true);

        Assert.True(await Store.ReplaceAsync(
            client with { Version = client.Version + 1 }, LedgerChange.Ending("rat_2", at), Entry(), Stop));
        var live = new LedgerFilter { Status = TokenStatus.Live };
        Assert.Empty((await ledger.ListAsync(live, at, null, 10, Stop)).Items);
    }

    private async Task<Client> AddAsync(Client client)
    {
        Assert.True(await Store.AddAsync(client, Entry(), Stop));
        return client;
    }

    private async Task<Client> FoundAsync(string id) => Assert.IsType<Client>(await Store.FindAsync(id, Stop));

    private Task UseAsync(params ClientUse[] uses) => Store.RecordUsesAsync(uses, Stop);

    private async Task<string[]> DueAsync(int limit) =>
        [.. (await Store.FindDueAsync(Now, Now, limit, Stop)).Select(client => client.Id)];

    private async Task<string[]> UncutAsync(DateTimeOffset before, int limit) =>
        [.. (await Store.FindUncutAsync(before, limit, Stop)).Select(client => client.Id)];

    private async Task<string[]> IdsAsync(ClientFilter filter)
    {
        var page = await Store.ListAsync(filter, Now, null, 10, Stop);
        Assert.Equal((page.Items.Count, null), (page.Total, page.NextCursor));
        return [.. page.Items.Select(client => client.Id).Order(StringComparer.Ordinal)];
    }

    private async Task<long> NewestAsync() => (await Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
}

public sealed class SqliteClientStoreTests() : ClientStoreContract(StoreKinds.Sqlite);

public sealed class RedisClientStoreTests(RedisServer redis) : ClientStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterClientStoreTests(RedisCluster cluster) : ClientStoreContract(cluster.Settings());
