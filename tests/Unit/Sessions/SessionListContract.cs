using Dashboard.Core.Audit;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Sessions;

/// <summary>What every session store must do when it lists.</summary>
public abstract class SessionListContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private ISessionStore Store => Host.Get<ISessionStore>();

    [Fact]
    public async Task List_filters_by_each_member_and_all_together_and_pages_on()
    {
        var sessions = await AddManyAsync(120);

        foreach (var filter in Filters())
        {
            await AssertListAsync(sessions, filter);
        }
    }

    [Fact]
    public async Task List_follows_what_ends_and_what_is_purged()
    {
        var sessions = await AddManyAsync(40);
        foreach (var open in sessions.Where(session => session.EndedAt is null).Take(5).ToList())
        {
            Assert.True(await EndAsync(open.Name, Start.AddDays(1)));
            sessions[sessions.IndexOf(open)] = (await Store.FindAsync(open.Name, Stop))!;
        }

        Assert.True(await Store.PurgeAsync(Start.AddHours(1), 1_000, Term, Stop) > 0);
        sessions.RemoveAll(session => session.EndedAt < Start.AddHours(1));

        foreach (var filter in Filters())
        {
            await AssertListAsync(sessions, filter);
        }
    }

    [Fact]
    public async Task Text_is_the_beginning_of_a_name_or_address_whatever_its_case()
    {
        await AddAsync(Describe("Qx7", 0) with { UserName = "Alice" });
        await AddAsync(Describe("a-2", 1) with { UserName = "bob", Ip = "192.0.2.17" });
        await AddAsync(Describe("a-3", 2) with { UserName = "bobby", Ip = null });

        Assert.Equal(["Qx7"], await NamesAsync("aLI"));
        Assert.Equal(["Qx7"], await NamesAsync("qX"));
        Assert.Equal(["a-3", "a-2"], await NamesAsync("bob"));
        Assert.Equal(["a-2"], await NamesAsync("192.0.2."));
        Assert.Equal(["a-3", "a-2", "Qx7"], await NamesAsync("a"));
        Assert.Empty(await NamesAsync("ice"));
        Assert.Empty(await NamesAsync("%"));
        Assert.Empty(await NamesAsync("é"));
    }

    [Fact]
    public async Task A_cursor_stays_where_it_was_when_newer_sessions_begin()
    {
        await AddManyAsync(20);
        var first = await Store.ListAsync(new SessionFilter(), null, 10, Stop);
        await AddAsync(Describe("newer", 9_000));

        var second = await Store.ListAsync(new SessionFilter(), first.NextCursor, 100, Stop);

        Assert.Equal(10, second.Items.Count);
        Assert.Empty(second.Items.Select(item => item.Name).Intersect(first.Items.Select(item => item.Name)));
        Assert.DoesNotContain(second.Items, item => item.Name == "newer");
        Assert.Null(second.NextCursor);
    }

    [Fact]
    public async Task Search_looks_at_some_thousand_sessions_and_its_cursor_leads_on()
    {
        await AddAsync(Describe("old", 0) with { UserName = "zoe" });
        await Task.WhenAll(Enumerable.Range(1, ISessionStore.MostSearched).Select(number => AddAsync(Describe($"s-{number}", number))));

        var first = await Store.ListAsync(new SessionFilter { Text = "zoe" }, null, 10, Stop);
        Assert.Empty(first.Items);
        Assert.True(first.TotalIsCapped);

        var second = await Store.ListAsync(new SessionFilter { Text = "zoe" }, first.NextCursor, 10, Stop);
        Assert.Equal("old", Assert.Single(second.Items).Name);
        Assert.Null(second.NextCursor);

        var all = await Store.ListAsync(new SessionFilter(), null, 10, Stop);
        Assert.Equal((10_000, true), (all.Total, all.TotalIsCapped));
    }

    private static IEnumerable<SessionFilter> Filters() =>
        from operatorId in new[] { null, "op-1", "none" }
        from kind in new SessionKind?[] { null, SessionKind.Browser, SessionKind.Api }
        from state in new SessionState?[] { null, SessionState.Open, SessionState.Ended }
        from text in new[] { null, "user-o", "s-1" }
        select new SessionFilter { OperatorId = operatorId, Kind = kind, State = state, Text = text };

    private async Task AssertListAsync(IReadOnlyList<Session> sessions, SessionFilter filter)
    {
        var expected = sessions
            .Where(session => (filter.OperatorId is null || session.OperatorId == filter.OperatorId)
                && (filter.Kind is null || session.Kind == filter.Kind)
                && (filter.State is null || session.EndedAt is null == (filter.State is SessionState.Open))
                && (filter.Text is null || session.UserName.StartsWith(filter.Text, StringComparison.Ordinal)
                    || session.Name.StartsWith(filter.Text, StringComparison.Ordinal)))
            .OrderByDescending(session => session.CreatedAt)
            .ThenByDescending(session => session.Name, StringComparer.Ordinal)
            .ToList();
        List<Session> seen = [];
        string? cursor = null;
        do
        {
            var page = await Store.ListAsync(filter, cursor, 7, Stop);
            Assert.Equal((expected.Count, false), (page.Total, page.TotalIsCapped));
            seen.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(expected, seen);
    }

    private async Task<IEnumerable<string>> NamesAsync(string text) =>
        (await Store.ListAsync(new SessionFilter { Text = text }, null, 10, Stop)).Items.Select(item => item.Name);

    // Several begin in the same millisecond, and two in three have ended.
    private async Task<List<Session>> AddManyAsync(int count)
    {
        var random = new Lcg((ulong)count);
        List<Session> sessions = [];
        for (var number = 0; number < count; number++)
        {
            var operatorId = random.Pick(new[] { "op-1", "op-2" });
            var session = Describe($"s-{number}", random.Next(20)) with
            {
                OperatorId = operatorId,
                UserName = operatorId == "op-1" ? "user-one" : "user-two",
                Kind = random.Pick(Enum.GetValues<SessionKind>()),
            };
            await AddAsync(session);
            if (!random.OneIn(3))
            {
                await EndAsync(session.Name, Start.AddMinutes(random.Next(120)));
            }

            sessions.Add((await Store.FindAsync(session.Name, Stop))!);
        }

        return sessions;
    }

    private Task AddAsync(Session session) => Store.AddAsync(
        session,
        session.Kind is SessionKind.Browser ? SessionSecret.HashOf(session.Name) : null,
        new AuditEntry(Actor.Signet, "session.started", "session", session.Name),
        Stop);

    private Task<bool> EndAsync(string name, DateTimeOffset at) => Store.EndAsync(
        new SessionEnd(name, SessionEndReason.Revoked, at), new AuditEntry(Actor.Signet, "session.ended", "session", name), Stop);

    private static Session Describe(string name, int milliseconds) => new()
    {
        Name = name,
        Kind = SessionKind.Browser,
        OperatorId = "op-1",
        UserName = "admin",
        Role = "administrator",
        OperatorStamp = "stamp",
        CreatedAt = Start.AddMilliseconds(milliseconds),
        LastSeenAt = Start.AddMilliseconds(milliseconds),
        EndsAt = Start.AddHours(12),
        ProvenAt = Start,
        Ip = "127.0.0.1",
        UserAgent = TestBrowser.Chrome,
        Binding = new SessionBinding("fp"),
    };
}

public sealed class SqliteSessionListTests() : SessionListContract(StoreKinds.Sqlite);

public sealed class RedisSessionListTests(RedisServer redis) : SessionListContract(redis.Settings());
