using Dashboard.Core.Audit;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Sessions;

/// <summary>What every session store must do. Each adapter derives once and adds nothing else.</summary>
public abstract class SessionStoreContract : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] SecretHash = SessionSecret.HashOf("secret");

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<ISessionStore> CreateStoreAsync();

    private protected abstract Task<IReadOnlyList<AuditEntry>> AuditAsync(string objectId);

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task Find_returns_what_was_added()
    {
        var store = await CreateStoreAsync();
        var session = await AddAsync(store, "one");

        Assert.Equal(session, await store.FindAsync("one", Stop));
        Assert.Equal(session, await store.FindBySecretAsync(SecretHash, Stop));
        Assert.Null(await store.FindAsync("two", Stop));
        Assert.Null(await store.FindBySecretAsync(SessionSecret.HashOf("other"), Stop));
    }

    [Fact]
    public async Task Add_of_a_known_secret_throws()
    {
        var store = await CreateStoreAsync();
        await AddAsync(store, "one");

        await Assert.ThrowsAnyAsync<Exception>(() => AddAsync(store, "two"));
        Assert.Null(await store.FindAsync("two", Stop));
    }

    [Fact]
    public async Task End_concurrently_succeeds_exactly_once_with_one_entry()
    {
        var store = await CreateStoreAsync();
        await AddAsync(store, "one");

        var ended = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => EndAsync(store, "one"))));

        Assert.Single(ended, true);
        Assert.Single(await AuditAsync("one"), entry => entry.Action == "session.ended");
        Assert.Equal(SessionEndReason.SignedOut, (await store.FindAsync("one", Stop))!.EndReason);
    }

    [Fact]
    public async Task End_for_idleness_loses_against_being_seen()
    {
        var store = await CreateStoreAsync();
        await AddAsync(store, "one");
        await store.TouchAsync("one", Start.AddMinutes(1), Stop);

        Assert.False(await store.EndAsync(
            new SessionEnd("one", SessionEndReason.Idle, Start.AddHours(1), LastSeenBy: Start), Entry("one", "session.ended"), Stop));
        Assert.Null((await store.FindAsync("one", Stop))!.EndedAt);
    }

    [Fact]
    public async Task Touch_never_moves_back_and_never_touches_what_has_ended()
    {
        var store = await CreateStoreAsync();
        await AddAsync(store, "one");
        await store.TouchAsync("one", Start.AddMinutes(2), Stop);
        await store.TouchAsync("one", Start.AddMinutes(1), Stop);
        Assert.Equal(Start.AddMinutes(2), (await store.FindAsync("one", Stop))!.LastSeenAt);

        await EndAsync(store, "one");
        await store.TouchAsync("one", Start.AddMinutes(3), Stop);
        Assert.Equal(Start.AddMinutes(2), (await store.FindAsync("one", Stop))!.LastSeenAt);
    }

    [Fact]
    public async Task Rebind_and_failed_proofs_stop_at_the_end()
    {
        var store = await CreateStoreAsync();
        await AddAsync(store, "one");
        var binding = new SessionBinding("another");

        Assert.True(await store.RebindAsync("one", binding, Entry("one", "session.rebound"), Stop));
        Assert.Equal(binding, (await store.FindAsync("one", Stop))!.Binding);
        Assert.Equal(1, await store.CountFailedProofAsync("one", Entry("one", "session.proof_failed"), Stop));
        Assert.Equal(2, await store.CountFailedProofAsync("one", Entry("one", "session.proof_failed"), Stop));

        await EndAsync(store, "one");
        Assert.False(await store.RebindAsync("one", binding, Entry("one", "session.rebound"), Stop));
        Assert.Equal(0, await store.CountFailedProofAsync("one", Entry("one", "session.proof_failed"), Stop));
    }

    [Fact]
    public async Task Overdue_are_the_idle_browsers_and_whatever_has_reached_its_limit()
    {
        var store = await CreateStoreAsync();
        await AddAsync(store, "browser");
        await AddAsync(store, "api", SessionKind.Api);

        Assert.Empty(await store.FindOverdueAsync(Start.AddMinutes(30), Start.AddMilliseconds(-1), 10, Stop));
        Assert.Equal(["browser"], Names(await store.FindOverdueAsync(Start.AddMinutes(30), Start, 10, Stop)));
        Assert.Equal(["api", "browser"], Names(await store.FindOverdueAsync(Start.AddHours(12), Start, 10, Stop)));
        Assert.Equal(["api", "browser"], (await store.FindOpenAsync("operator", Stop)).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(IEnumerable<Session> sessions) =>
        sessions.Select(session => session.Name).Order(StringComparer.Ordinal);

    private static Task<bool> EndAsync(ISessionStore store, string name) =>
        store.EndAsync(new SessionEnd(name, SessionEndReason.SignedOut, Start.AddMinutes(5)), Entry(name, "session.ended"), Stop);

    private static AuditEntry Entry(string name, string action) => new(Actor.Signet, action, "session", name);

    private static async Task<Session> AddAsync(ISessionStore store, string name, SessionKind kind = SessionKind.Browser)
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
            Ip = "127.0.0.1",
            UserAgent = TestBrowser.Chrome,
            Binding = new SessionBinding("fp", TestBrowser.Key, new HeaderBandValues("f", "s", 1, "l", null, null, null, null)),
        };
        await store.AddAsync(session, kind is SessionKind.Browser ? SecretHash : null, Entry(name, "session.started"), Stop);
        return session;
    }
}

public sealed class SqliteSessionStoreTests : SessionStoreContract
{
    private PeopleCore? _core;

    private protected override async Task<ISessionStore> CreateStoreAsync() =>
        (_core = await PeopleCore.StartAsync()).Get<ISessionStore>();

    private protected override Task<IReadOnlyList<AuditEntry>> AuditAsync(string objectId) => _core!.AuditAsync(objectId);

    public override ValueTask DisposeAsync() => _core?.DisposeAsync() ?? ValueTask.CompletedTask;
}
