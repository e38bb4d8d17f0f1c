using System.Security.Cryptography;
using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Sessions;

/// <summary>What every session store must do.</summary>
public abstract class SessionStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] SecretHash = SessionSecret.HashOf("secret");
    private static readonly byte[] OtherHash = SessionSecret.HashOf("other");

    private ISessionStore Store => Host.Get<ISessionStore>();

    [Fact]
    public async Task Find_returns_what_was_added()
    {
        var session = await AddAsync("one");

        Assert.Equal(session, await Store.FindAsync("one", Stop));
        Assert.Equal(session, await Store.FindBySecretAsync(SecretHash, Stop));
        Assert.Null(await Store.FindAsync("two", Stop));
        Assert.Null(await Store.FindBySecretAsync(SessionSecret.HashOf("other"), Stop));
    }

    [Fact]
    public async Task Add_of_a_known_secret_throws()
    {
        await AddAsync("one");

        await Assert.ThrowsAnyAsync<Exception>(() => AddAsync("two"));
        Assert.Null(await Store.FindAsync("two", Stop));
    }

    [Fact]
    public async Task Add_of_a_known_name_throws_and_changes_nothing()
    {
        var session = await AddAsync("one", SessionKind.Api);
        await EndAsync("one");

        await Assert.ThrowsAnyAsync<Exception>(() => AddAsync("one", SessionKind.Browser));
        Assert.Equal(session.Kind, (await Store.FindAsync("one", Stop))!.Kind);
        Assert.Null(await Store.FindBySecretAsync(SecretHash, Stop));
        Assert.Empty(await Store.FindOpenAsync("operator", Stop));
        Assert.Equal(["session.ended", "session.started"], (await AuditAsync("one")).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Purge_deletes_what_ended_before_in_small_batches_and_nothing_that_is_open()
    {
        for (var number = 0; number < 5; number++)
        {
            await AddAsync($"api-{number}", SessionKind.Api);
            await EndAsync($"api-{number}", Start.AddMinutes(number));
        }

        await AddAsync("one");

        Assert.Equal(1, await Store.PurgeAsync(Start.AddMinutes(3), 1, Term, Stop));
        Assert.Equal(2, await Store.PurgeAsync(Start.AddMinutes(3), 100, Term, Stop));
        Assert.Equal(0, await Store.PurgeAsync(Start.AddMinutes(3), 100, Term, Stop));
        Assert.Null(await Store.FindAsync("api-2", Stop));
        Assert.NotNull(await Store.FindAsync("api-3", Stop));
        Assert.NotNull(await Store.FindBySecretAsync(SecretHash, Stop));

        await EndAsync("one", Start.AddMinutes(9));
        Assert.Equal(3, await Store.PurgeAsync(Start.AddHours(1), 100, Term, Stop));
        Assert.Null(await Store.FindBySecretAsync(SecretHash, Stop));
    }

    [Fact]
    public async Task End_concurrently_succeeds_exactly_once_with_one_entry()
    {
        await AddAsync("one");

        var ended = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => EndAsync("one"))));

        Assert.Single(ended, true);
        Assert.Single(await AuditAsync("one"), entry => entry.Action == "session.ended");
        Assert.Equal(SessionEndReason.SignedOut, (await Store.FindAsync("one", Stop))!.EndReason);
    }

    [Fact]
    public async Task End_for_idleness_loses_against_being_seen()
    {
        await AddAsync("one");
        await Store.TouchAsync("one", Start.AddMinutes(1), Stop);

        Assert.False(await Store.EndAsync(
            new SessionEnd("one", SessionEndReason.Idle, Start.AddHours(1), LastSeenBy: Start), Entry("one", "session.ended"), Stop));
        Assert.Null((await Store.FindAsync("one", Stop))!.EndedAt);
    }

    [Fact]
    public async Task Touch_never_moves_back_and_never_touches_what_has_ended()
    {
        await AddAsync("one");
        await Store.TouchAsync("one", Start.AddMinutes(2), Stop);
        await Store.TouchAsync("one", Start.AddMinutes(1), Stop);
        Assert.Equal(Start.AddMinutes(2), (await Store.FindAsync("one", Stop))!.LastSeenAt);

        await EndAsync("one");
        await Store.TouchAsync("one", Start.AddMinutes(3), Stop);
        Assert.Equal(Start.AddMinutes(2), (await Store.FindAsync("one", Stop))!.LastSeenAt);
    }

    [Fact]
    public async Task Rebind_stops_at_the_end()
    {
        await AddAsync("one");
        var binding = new SessionBinding("another");

        Assert.True(await Store.RebindAsync("one", binding, Entry("one", "session.rebound"), Stop));
        Assert.Equal(binding, (await Store.FindAsync("one", Stop))!.Binding);

        await EndAsync("one");
        Assert.False(await Store.RebindAsync("one", binding, Entry("one", "session.rebound"), Stop));
    }

    [Fact]
    public async Task Challenge_concurrently_succeeds_once_and_never_after_the_end()
    {
        await AddAsync("one");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => ChallengeAsync("one"))));

        Assert.Single(outcomes, true);
        var stored = (await Store.FindAsync("one", Stop))!;
        Assert.Equal((BindingSignal.VersionLower, Start.AddMinutes(1)), (stored.Challenge, stored.ChallengedAt));
        Assert.Single(await AuditAsync("one"), entry => entry.Action == "session.challenged");

        await AddAsync("two", SessionKind.Api);
        await EndAsync("two");
        Assert.False(await ChallengeAsync("two"));
    }

    [Fact]
    public async Task Renewed_session_has_a_new_secret_and_waits_for_nothing()
    {
        await AddAsync("one");
        await ChallengeAsync("one");
        var renewal = new SessionRenewal(
            "one", OtherHash, Start.AddMinutes(2), SecondFactorKind.OneTimeCode, new SessionBinding("another"));

        Assert.True(await Store.RenewAsync(renewal, Entry("one", "session.confirmed"), Stop));

        Assert.Null(await Store.FindBySecretAsync(SecretHash, Stop));
        var stored = (await Store.FindBySecretAsync(OtherHash, Stop))!;
        Assert.Equal("one", stored.Name);
        Assert.Equal((null, null), (stored.Challenge, stored.ChallengedAt));
        Assert.Equal((Start.AddMinutes(2), Start.AddMinutes(2)), (stored.ProvenAt, stored.SecondFactorAt));
        Assert.Equal(SecondFactorKind.OneTimeCode, stored.SecondFactor);
        Assert.Equal(renewal.Binding, stored.Binding);

        // A password later on says nothing of the second factor.
        Assert.True(await Store.RenewAsync(
            renewal with { SecretHash = SecretHash, ProvenAt = Start.AddMinutes(3), SecondFactor = null },
            Entry("one", "session.proved"),
            Stop));
        stored = (await Store.FindBySecretAsync(SecretHash, Stop))!;
        Assert.Equal((Start.AddMinutes(3), Start.AddMinutes(2)), (stored.ProvenAt, stored.SecondFactorAt));
        Assert.Equal(SecondFactorKind.OneTimeCode, stored.SecondFactor);
        Assert.Equal(3, (await AuditAsync("one")).Count(entry => entry.Action is not "session.started"));
    }

    [Fact]
    public async Task Renewed_concurrently_one_secret_leads_to_the_session()
    {
        await AddAsync("one");
        var hashes = Enumerable.Range(0, 32).Select(number => SHA256.HashData([(byte)number])).ToList();

        await Task.WhenAll(hashes.Select(hash => Task.Run(() => Store.RenewAsync(
            new SessionRenewal("one", hash, Start, null, new SessionBinding("fp")), Entry("one", "session.proved"), Stop))));

        var found = await Task.WhenAll(hashes.Select(hash => Store.FindBySecretAsync(hash, Stop)));
        Assert.Single(found, session => session is not null);
        Assert.Null(await Store.FindBySecretAsync(SecretHash, Stop));
    }

    [Fact]
    public async Task What_has_ended_is_not_renewed()
    {
        await AddAsync("one");
        await EndAsync("one");

        Assert.False(await Store.RenewAsync(
            new SessionRenewal("one", OtherHash, Start, null, new SessionBinding("fp")), Entry("one", "session.proved"), Stop));
        Assert.Null(await Store.FindBySecretAsync(OtherHash, Stop));
    }

    [Fact]
    public async Task Overdue_are_the_idle_browsers_and_whatever_has_reached_its_limit()
    {
        await AddAsync("browser");
        await AddAsync("api", SessionKind.Api);

        Assert.Empty(await Store.FindOverdueAsync(Start.AddMinutes(30), Start.AddMilliseconds(-1), 10, Stop));
        Assert.Equal(["browser"], Names(await Store.FindOverdueAsync(Start.AddMinutes(30), Start, 10, Stop)));
        Assert.Equal(["api", "browser"], Names(await Store.FindOverdueAsync(Start.AddHours(12), Start, 10, Stop)));
        Assert.Equal(["api", "browser"], Names(await Store.FindOpenAsync("operator", Stop)));
    }

    [Fact]
    public async Task Seen_is_no_longer_overdue_and_ended_is_neither_open_nor_overdue()
    {
        await AddAsync("browser");
        await AddAsync("api", SessionKind.Api);

        await Store.TouchAsync("browser", Start.AddMinutes(1), Stop);
        Assert.Empty(await Store.FindOverdueAsync(Start.AddMinutes(30), Start, 10, Stop));
        Assert.Single(await Store.FindOverdueAsync(Start.AddHours(12), Start.AddHours(12), 1, Stop));

        await EndAsync("browser");
        await EndAsync("api");
        Assert.Empty(await Store.FindOverdueAsync(Start.AddHours(12), Start.AddHours(12), 10, Stop));
        Assert.Empty(await Store.FindOpenAsync("operator", Stop));
    }

    [Fact]
    public async Task What_is_unknown_has_nothing_to_change()
    {
        await Store.TouchAsync("none", Start, Stop);

        Assert.False(await EndAsync("none"));
        Assert.False(await Store.RebindAsync("none", new SessionBinding("fp"), Entry("none", "session.rebound"), Stop));
        Assert.False(await ChallengeAsync("none"));
        Assert.False(await Store.RenewAsync(
            new SessionRenewal("none", OtherHash, Start, null, new SessionBinding("fp")), Entry("none", "session.proved"), Stop));
        Assert.Null(await Store.FindAsync("none", Stop));
        Assert.Empty(await AuditAsync("none"));
    }

    [Fact]
    public async Task Purge_of_an_earlier_term_deletes_nothing()
    {
        await AddAsync("one");
        await EndAsync("one");
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(Start.AddDays(1), 10, Term, Stop));

        Assert.NotNull(await Store.FindAsync("one", Stop));
    }

    private async Task<IEnumerable<AuditEntry>> AuditAsync(string name) =>
        (await Host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: name), null, 100, Stop)).Items.Select(item => item.Entry);

    private Task<bool> ChallengeAsync(string name) => Store.ChallengeAsync(
        name, BindingSignal.VersionLower, Start.AddMinutes(1), Entry(name, "session.challenged"), Stop);

    private static IEnumerable<string> Names(IEnumerable<Session> sessions) =>
        sessions.Select(session => session.Name).Order(StringComparer.Ordinal);

    private Task<bool> EndAsync(string name, DateTimeOffset? at = null) =>
        Store.EndAsync(new SessionEnd(name, SessionEndReason.SignedOut, at ?? Start.AddMinutes(5)), Entry(name, "session.ended"), Stop);

    private static AuditEntry Entry(string name, string action) => new(Actor.Signet, action, "session", name);

    private async Task<Session> AddAsync(string name, SessionKind kind = SessionKind.Browser)
    {
        var session = new Session
        {
            Name = name,
            Kind = kind,
            OperatorId = "operator",
            UserName = "admin",
            Role = "administrator",
            OperatorStamp = "stamp",
            CreatedAt = Start,
            LastSeenAt = Start,
            EndsAt = Start.AddHours(12),
            ProvenAt = Start,
            Ip = "127.0.0.1",
            UserAgent = TestBrowser.Chrome,
            Binding = new SessionBinding("fp", TestBrowser.Key, new HeaderBandValues("f", "s", 1, "l", null, null, null, null)),
        };
        await Store.AddAsync(session, kind is SessionKind.Browser ? SecretHash : null, Entry(name, "session.started"), Stop);
        return session;
    }
}

public sealed class SqliteSessionStoreTests() : SessionStoreContract(StoreKinds.Sqlite);

public sealed class RedisSessionStoreTests(RedisServer redis) : SessionStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterSessionStoreTests(RedisCluster cluster) : SessionStoreContract(cluster.Settings());
