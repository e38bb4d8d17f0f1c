using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Dashboard.SignIn;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Tests.Unit.SignIn;

/// <summary>Whether an open circuit may go on, when nobody told it anything.</summary>
public sealed class SessionStateProviderTests : IAsyncLifetime
{
    private PeopleCore _core = null!;
    private StartedSession _started = null!;
    private SessionStateProvider _provider = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _core = await PeopleCore.StartAsync();
        _started = await _core.StartSessionAsync(await _core.AddAdminAsync());
        _provider = new SessionStateProvider(_core.Sessions, _core.Clock, NullLoggerFactory.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        ((IDisposable)_provider).Dispose();
        await _core.DisposeAsync();
    }

    [Fact]
    public async Task Circuit_goes_on_while_its_session_lives_or_waits_to_be_confirmed()
    {
        Assert.True(await _provider.IsValidAsync(_started.Session.Name, Stop));

        await _core.Get<SessionGuard>().ProveAsync(_started.Session, ProofChallenge.For("c"), null, Stop);

        Assert.IsType<SessionLookup.Challenged>(await _core.Sessions.FindAsync(_started.Session.Name, Stop));
        Assert.True(await _provider.IsValidAsync(_started.Session.Name, Stop));
    }

    [Fact]
    public async Task Circuit_of_an_ended_or_unknown_session_does_not()
    {
        await _core.Ending.EndAsync(
            _started.Session, SessionEndReason.Revoked, Actor.Signet, RequestOrigin.None, Stop);

        Assert.False(await _provider.IsValidAsync(_started.Session.Name, Stop));
        Assert.False(await _provider.IsValidAsync("another", Stop));
    }

    [Fact]
    public async Task Session_that_nobody_confirms_ends_after_five_minutes()
    {
        await _core.Get<SessionGuard>().ProveAsync(_started.Session, ProofChallenge.For("c"), null, Stop);
        _core.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(
            SessionEndReason.ConfirmationNeeded,
            Assert.IsType<SessionLookup.Ended>(await _core.Sessions.FindAsync(_started.Session.Name, Stop)).Reason);
        Assert.False(await _provider.IsValidAsync(_started.Session.Name, Stop));
    }
}
