using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Sessions;

public sealed class SessionRegisterTests : IAsyncLifetime
{
    private PeopleCore _core = null!;
    private OperatorAccount _admin = null!;
    private OperatorAccount _reviewer = null!;
    private OperatorAccount _support = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SessionRegister Register => _core.Get<SessionRegister>();

    public async ValueTask InitializeAsync()
    {
        _core = await PeopleCore.StartAsync();
        _admin = await _core.AddAdminAsync();
        _reviewer = await AddAsync("rita", Roles.Reviewer);
        _support = await AddAsync("sam", Roles.Support);
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task List_shows_everybody_to_overseers_and_to_others_their_own()
    {
        var admin = (await _core.StartSessionAsync(_admin)).Session;
        _core.Clock.Advance(TimeSpan.FromSeconds(1));
        var support = (await _core.StartSessionAsync(_support)).Session;

        Assert.Equal([admin.Name, support.Name], await NamesAsync(new SessionFilter(), As(_reviewer)));
        Assert.Equal([support.Name], await NamesAsync(new SessionFilter(), As(_support)));
        Assert.Empty(await NamesAsync(new SessionFilter { OperatorId = _admin.Id }, As(_support)));
        Assert.Empty(await NamesAsync(new SessionFilter { Text = admin.Name }, As(_support)));
        Assert.Equal([admin.Name], await NamesAsync(new SessionFilter { Text = admin.Name }, As(_reviewer)));
        Assert.Null(await Register.FindAsync(admin.Name, As(_support), Stop));
        Assert.Equal(admin, await Register.FindAsync(admin.Name, As(_reviewer), Stop));
    }

    [Fact]
    public async Task Administrators_end_anybodys_and_the_audit_log_keeps_why()
    {
        var session = (await _core.StartSessionAsync(_support)).Session;

        var outcome = await EndAsync(session, As(_admin), "lost laptop");

        var ended = Assert.IsType<SessionEndOutcome.Ended>(outcome).Session;
        Assert.Equal(SessionEndReason.Revoked, ended.EndReason);
        var entry = Assert.Single(await _core.AuditAsync(session.Name), entry => entry.Action == "session.ended");
        Assert.Equal(("lost laptop", "admin"), (entry.Reason, entry.Who.Name));
        Assert.IsType<SessionLookup.Ended>(await _core.Sessions.FindAsync(session.Name, Stop));
        Assert.IsType<SessionEndOutcome.Already>(await EndAsync(session, As(_admin), "again"));
    }

    [Fact]
    public async Task Others_end_their_own_and_nobody_elses()
    {
        var own = (await _core.StartSessionAsync(_support)).Session;
        var foreign = (await _core.StartSessionAsync(_admin)).Session;

        Assert.IsType<SessionEndOutcome.Unknown>(await EndAsync(foreign, As(_support)));
        await Assert.ThrowsAsync<AccessRefusedException>(() => EndAsync(foreign, As(_reviewer)));
        await Assert.ThrowsAsync<AccessRefusedException>(
            () => Register.EndAllAsync(_admin.Id, new SessionEndAct("no"), As(_support), RequestOrigin.None, Stop));
        Assert.IsType<SessionEndOutcome.Ended>(await EndAsync(own, As(_support)));
        Assert.IsType<SessionLookup.Live>(await _core.Sessions.FindAsync(foreign.Name, Stop));
    }

    [Fact]
    public async Task The_session_in_which_somebody_acts_is_never_ended()
    {
        var current = (await _core.StartSessionAsync(_admin)).Session;
        var other = (await _core.StartSessionAsync(_admin, SessionKind.Api)).Session;
        var who = As(_admin) with { Session = current.Name };

        Assert.IsType<SessionEndOutcome.Current>(await EndAsync(current, who));
        Assert.Equal(1, await Register.EndAllAsync(_admin.Id, new SessionEndAct("tidy", IsTrial: true), who, RequestOrigin.None, Stop));
        Assert.Equal(1, await Register.EndAllAsync(_admin.Id, new SessionEndAct("tidy"), who, RequestOrigin.None, Stop));

        Assert.IsType<SessionLookup.Live>(await _core.Sessions.FindAsync(current.Name, Stop));
        Assert.IsType<SessionLookup.Ended>(await _core.Sessions.FindAsync(other.Name, Stop));
    }

    [Fact]
    public async Task A_trial_ends_nothing()
    {
        var session = (await _core.StartSessionAsync(_support)).Session;

        Assert.IsType<SessionEndOutcome.Ended>(await Register.EndAsync(
            session.Name, new SessionEndAct("why", IsTrial: true), As(_admin), RequestOrigin.None, Stop));

        Assert.IsType<SessionLookup.Live>(await _core.Sessions.FindAsync(session.Name, Stop));
    }

    private Task<SessionEndOutcome> EndAsync(Session session, Actor who, string? reason = "why") =>
        Register.EndAsync(session.Name, new SessionEndAct(reason), who, RequestOrigin.None, Stop);

    private async Task<IEnumerable<string>> NamesAsync(SessionFilter filter, Actor who) =>
        (await Register.ListAsync(filter, who, null, 10, Stop)).Items.Reverse().Select(session => session.Name);

    private static Actor As(OperatorAccount who) => new(who.UserName, who.Role);

    private async Task<OperatorAccount> AddAsync(string userName, string role)
    {
        var added = new OperatorAccount
        {
            Id = Guid.CreateVersion7().ToString("N"),
            UserName = userName,
            PasswordHash = "fast:" + PeopleCore.Password,
            SecurityStamp = "stamp",
            Role = role,
            IsEnabled = true,
            MustChangePassword = false,
            CreatedAt = _core.Clock.GetUtcNow(),
        };
        Assert.True(await _core.Get<IOperatorStore>().AddAsync(
            added, new AuditEntry(Actor.Signet, "operator.created", "operator", added.Id), Stop));
        await _core.Operators.LoadAsync(Stop);
        return added;
    }
}
