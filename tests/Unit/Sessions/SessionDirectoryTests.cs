using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Tests.Unit.Sessions;

public sealed class SessionDirectoryTests : IAsyncLifetime
{
    private PeopleCore _core = null!;
    private OperatorAccount _admin = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _core = await PeopleCore.StartAsync();
        _admin = await _core.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Find_before_the_start_is_not_remembered()
    {
        Assert.IsType<SessionLookup.Unknown>(await _core.Sessions.FindBySecretAsync("planted", Stop));
        var started = await _core.StartSessionAsync(_admin);

        Assert.NotEqual("planted", started.Secret);
        Assert.IsType<SessionLookup.Live>(await _core.Sessions.FindBySecretAsync(started.Secret!, Stop));
        Assert.IsType<SessionLookup.Live>(await _core.Sessions.FindAsync(started.Session.Name, Stop));
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public async Task Idle_session_ends_at_the_limit(int minutes, bool lives)
    {
        var started = await _core.StartSessionAsync(_admin);

        _core.Clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.Equal(lives ? null : SessionEndReason.Idle, await ReasonAsync(started));
    }

    [Fact]
    public async Task Touched_session_lives_until_the_absolute_limit()
    {
        var started = await _core.StartSessionAsync(_admin);
        for (var minutes = 20; minutes < 720; minutes += 20)
        {
            _core.Clock.Advance(TimeSpan.FromMinutes(20));
            var live = Assert.IsType<SessionLookup.Live>(await _core.Sessions.FindBySecretAsync(started.Secret!, Stop));
            await _core.Sessions.TouchAsync(live.Session, Stop);
        }

        Assert.Null(await ReasonAsync(started));
        _core.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(SessionEndReason.Expired, await ReasonAsync(started));
    }

    [Fact]
    public async Task Session_of_the_api_is_never_idle()
    {
        var started = await _core.StartSessionAsync(_admin, SessionKind.Api);

        _core.Clock.Advance(TimeSpan.FromHours(11));

        Assert.Null(started.Secret);
        Assert.IsType<SessionLookup.Live>(await _core.Sessions.FindAsync(started.Session.Name, Stop));
    }

    [Fact]
    public async Task Touch_is_written_at_most_every_thirty_seconds()
    {
        var started = await _core.StartSessionAsync(_admin);
        _core.Clock.Advance(TimeSpan.FromSeconds(29));
        await _core.Sessions.TouchAsync(started.Session, Stop);
        Assert.Equal(started.Session.LastSeenAt, await LastSeenAsync(started));

        _core.Clock.Advance(TimeSpan.FromSeconds(1));
        await _core.Sessions.TouchAsync(started.Session, Stop);
        Assert.Equal(started.Session.LastSeenAt.AddSeconds(30), await LastSeenAsync(started));
    }

    [Fact]
    public async Task End_is_seen_at_once_and_told_to_open_pages()
    {
        var started = await _core.StartSessionAsync(_admin);
        await _core.Sessions.FindBySecretAsync(started.Secret!, Stop);
        var changes = _core.Get<IChangeFeed>().ReadAsync(ChangeKind.Sessions, Stop).GetAsyncEnumerator(Stop);
        var next = changes.MoveNextAsync();

        Assert.True(await EndAsync(started, SessionEndReason.Revoked));
        Assert.False(await EndAsync(started, SessionEndReason.SignedOut));

        Assert.True(await next);
        Assert.Equal(started.Session.Name, changes.Current.Id);
        Assert.Equal(SessionEndReason.Revoked, await ReasonAsync(started));
        await changes.DisposeAsync();
    }

    [Fact]
    public async Task Changed_password_ends_sessions_even_if_nobody_ended_them()
    {
        var started = await _core.StartSessionAsync(_admin);

        var outcome = await _core.Get<PasswordChanger>().ChangeAsync(
            _admin.Id, PeopleCore.Password, "another lantern over sand", new Actor("admin"), Stop);

        Assert.IsType<PasswordChangeOutcome.Changed>(outcome);
        Assert.Equal(SessionEndReason.PasswordChanged, await ReasonAsync(started));
    }

    [Fact]
    public async Task Sweep_ends_what_nobody_asks_for()
    {
        var started = await _core.StartSessionAsync(_admin);
        _core.Clock.Advance(TimeSpan.FromMinutes(31));

        var sweeper = Sweeper();
        Assert.Equal(1, await sweeper.SweepAsync(Stop));
        Assert.Equal(0, await sweeper.SweepAsync(Stop));
        Assert.Equal(SessionEndReason.Idle, (await _core.Get<ISessionStore>().FindAsync(started.Session.Name, Stop))!.EndReason);
    }

    [Fact]
    public async Task Second_failed_proof_ends_the_session()
    {
        var started = await _core.StartSessionAsync(_admin);
        var guard = _core.Get<SessionGuard>();

        Assert.Equal(ProofOutcome.Challenged, await guard.ProveAsync(started.Session, ProofChallenge.For("c"), null, Stop));
        Assert.IsType<SessionLookup.Challenged>(await _core.Sessions.FindBySecretAsync(started.Secret!, Stop));
        Assert.Equal(ProofOutcome.Ended, await guard.ProveAsync(started.Session, ProofChallenge.For("c"), null, Stop));
        Assert.Equal(SessionEndReason.ProofFailed, await ReasonAsync(started));
    }

    [Fact]
    public async Task Newer_browser_is_adopted_by_the_next_proof_and_not_before()
    {
        var started = await _core.StartSessionAsync(_admin);
        var guard = _core.Get<SessionGuard>();
        var newer = TestBrowser.Headers() with { UserAgent = TestBrowser.Chrome.Replace("140", "141") };

        Assert.IsType<SessionLookup.Live>(await guard.CheckAsync(started.Session, newer, RequestOrigin.None, Stop));
        Assert.Equal(140, (await BindingAsync(started)).Band!.Major);

        var challenge = ProofChallenge.For("c");
        var answer = new ProofAnswer("a-fingerprint-of-a-browser", TestBrowser.Sign(challenge));
        Assert.Equal(ProofOutcome.Passed, await guard.ProveAsync(started.Session, challenge, answer, Stop));
        Assert.Equal(141, (await BindingAsync(started)).Band!.Major);
    }

    [Theory]
    [InlineData("Enforce", true)]
    [InlineData("Observe", false)]
    [InlineData("Off", false)]
    public async Task Another_browser_ends_the_session_where_enforced(string mode, bool ends)
    {
        await using var core = await PeopleCore.StartAsync(("Sessions:Binding:Mode", mode));
        var started = await core.StartSessionAsync(await core.AddAdminAsync());
        var other = TestBrowser.Headers() with { UserAgent = TestBrowser.Firefox };

        var checkedNow = await core.Get<SessionGuard>().CheckAsync(started.Session, other, RequestOrigin.None, Stop);

        Assert.Equal(ends ? SessionEndReason.DeviceChanged : null, (checkedNow as SessionLookup.Ended)?.Reason);
        Assert.Equal(ends, await core.Sessions.FindAsync(started.Session.Name, Stop) is SessionLookup.Ended);
    }

    private SessionSweeper Sweeper() => _core.Get<IEnumerable<IHostedService>>().OfType<SessionSweeper>().Single();

    private Task<bool> EndAsync(StartedSession started, SessionEndReason reason) =>
        _core.Ending.EndAsync(started.Session, reason, new Actor("admin"), RequestOrigin.None, Stop);

    private async Task<SessionEndReason?> ReasonAsync(StartedSession started) =>
        await _core.Sessions.FindBySecretAsync(started.Secret!, Stop) is SessionLookup.Ended { Reason: var reason } ? reason : null;

    private async Task<DateTimeOffset> LastSeenAsync(StartedSession started) =>
        (await _core.Get<ISessionStore>().FindAsync(started.Session.Name, Stop))!.LastSeenAt;

    private async Task<SessionBinding> BindingAsync(StartedSession started) =>
        (await _core.Get<ISessionStore>().FindAsync(started.Session.Name, Stop))!.Binding;
}
