using Dashboard.Core.Operators;
using Dashboard.Core.Sessions;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Sessions;

public sealed class SessionCeilingTests : IAsyncLifetime
{
    private PeopleCore _core = null!;
    private OperatorAccount _admin = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _core = await PeopleCore.StartAsync(("Sessions:MostOpen", "3"), ("Sessions:MostOpenAtApi", "2"));
        _admin = await _core.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task One_too_many_ends_the_one_seen_longest_ago()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        var third = await StartAsync();
        await _core.Sessions.TouchAsync(first.Session, Stop);

        var fourth = await StartAsync();

        Assert.Equal(SessionEndReason.Displaced, await ReasonAsync(second));
        Assert.Null(await ReasonAsync(first));
        Assert.Null(await ReasonAsync(third));
        Assert.Null(await ReasonAsync(fourth));
        var ended = Assert.Single(await _core.AuditAsync(second.Session.Name), entry => entry.Action == "session.ended");
        Assert.Contains("displaced", ended.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_are_counted_apart()
    {
        var browser = await StartAsync();
        var first = await StartAsync(SessionKind.Api);
        await StartAsync(SessionKind.Api);
        await StartAsync(SessionKind.Api);

        Assert.Equal(SessionEndReason.Displaced, await ReasonAsync(first));
        Assert.Null(await ReasonAsync(browser));
    }

    [Fact]
    public async Task Many_logins_at_once_leave_no_more_than_the_limit()
    {
        var started = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => _core.StartSessionAsync(_admin))));

        var open = await _core.Get<ISessionStore>().FindOpenAsync(_admin.Id, Stop);

        Assert.InRange(open.Count, 1, 3);
        Assert.Equal(32, started.Select(session => session.Session.Name).Distinct().Count());
    }

    private async Task<StartedSession> StartAsync(SessionKind kind = SessionKind.Browser)
    {
        _core.Clock.Advance(TimeSpan.FromMinutes(1));
        return await _core.StartSessionAsync(_admin, kind);
    }

    private async Task<SessionEndReason?> ReasonAsync(StartedSession started) =>
        await _core.Sessions.FindAsync(started.Session.Name, Stop) is SessionLookup.Ended ended ? ended.Reason : null;
}
