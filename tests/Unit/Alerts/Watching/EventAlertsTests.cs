using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Watching;
using Dashboard.Core.Events;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Alerts.Watching;

/// <summary>What happened becomes an alert, whatever the store does meanwhile.</summary>
public sealed class EventAlertsTests : IAsyncLifetime
{
    private CoreHost _core = null!;
    private volatile bool _isAway;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AlertBook Book => _core.Get<AlertBook>();

    public async ValueTask InitializeAsync()
    {
        _core = await CoreHost.StartAsync(configure: services => AwayStore.Insert<IAlertStore>(services, () => _isAway));
        await _core.Get<EventAlerts>().StartAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _core.Get<EventAlerts>().StopAsync(Stop);
        await _core.DisposeAsync();
    }

    [Theory]
    [InlineData(EventKinds.RefreshReplayed, AlertKinds.RefreshReplay, "app alice", "/tokens/jti-1")]
    [InlineData(EventKinds.UnknownToken, AlertKinds.UnknownToken, "tokens", "/failures/req_1")]
    [InlineData(EventKinds.OperatorReset, AlertKinds.OperatorReset, "alice", "/operators")]
    public async Task Event_that_somebody_should_look_at_opens_an_alert(string kind, string alertKind, string key, string href)
    {
        _core.Get<EventAlerts>().Stored([Event(EventKinds.LoginRefused), Event(kind)]);

        var alert = await OpenedAsync();
        Assert.Equal((alertKind, key, href, 1), (alert.Kind, alert.Key, alert.Href, alert.Count));
    }

    [Fact]
    public async Task Many_of_one_thing_are_one_alert_that_counts_them()
    {
        _core.Get<EventAlerts>().Stored([.. Enumerable.Range(0, 500).Select(_ => Event(EventKinds.UnknownToken))]);

        await Eventually.TrueAsync(async () => (await Book.ReadUnresolvedAsync(Stop)) is [{ Count: 500 }]);
        Assert.Equal(1, await Book.CountOpenAsync(Stop));
    }

    [Fact]
    public async Task Store_that_is_away_loses_no_alert()
    {
        _isAway = true;
        var timers = _core.Clock.WaitingTimers;
        _core.Get<EventAlerts>().Stored([Event(EventKinds.RefreshReplayed)]);
        await Eventually.TrueAsync(() => _core.Clock.WaitingTimers > timers);
        _isAway = false;
        Assert.Equal(0, await Book.CountOpenAsync(Stop));

        _core.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(AlertKinds.RefreshReplay, (await OpenedAsync()).Kind);
    }

    [Fact]
    public async Task Event_that_was_raised_is_not_raised_again_each_minute()
    {
        var check = Missed();
        var first = Event(EventKinds.OperatorReset);
        _core.Clock.Advance(TimeSpan.FromMinutes(1));

        // Stored behind one that is newer: the other came late from another node.
        await _core.Get<IEventStore>().AppendAsync([Event(EventKinds.OperatorReset) with { Subject = "bob" }, first], Stop);
        await check.CheckAsync(Stop);
        Assert.Equal("alice", (await OpenedAsync()).Key);

        // It would fail if it asked anything of alerts.
        _isAway = true;
        await check.CheckAsync(Stop);
        _isAway = false;

        _core.Clock.Advance(TimeSpan.FromMinutes(1));
        await check.CheckAsync(Stop);
        Assert.Equal(["alice", "bob"], (await Book.ReadUnresolvedAsync(Stop)).Select(alert => alert.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Event_that_a_command_stored_is_found_once()
    {
        var check = Missed();
        await _core.Get<IEventStore>().AppendAsync([Event(EventKinds.OperatorReset)], Stop);
        await check.CheckAsync(Stop);
        Assert.Equal(0, await Book.CountOpenAsync(Stop));

        _core.Clock.Advance(TimeSpan.FromMinutes(1));
        await check.CheckAsync(Stop);
        await check.CheckAsync(Stop);

        Assert.Equal(1, (await OpenedAsync()).Count);
        await Book.ResolveAsync(AlertKinds.OperatorReset, "alice", null, Stop);
        await check.CheckAsync(Stop);
        Assert.Equal(0, await Book.CountOpenAsync(Stop));
    }

    [Fact]
    public async Task Recorded_event_comes_all_the_way()
    {
        await _core.Get<EventLog>().StartAsync(Stop);

        _core.Get<EventLog>().Record(Event(EventKinds.RefreshReplayed));

        Assert.Equal(AlertKinds.RefreshReplay, (await OpenedAsync()).Kind);
        await _core.Get<EventLog>().StopAsync(Stop);
    }

    private MissedEventCheck Missed() => _core.Services.GetServices<IAlertCheck>().OfType<MissedEventCheck>().Single();

    private async Task<Alert> OpenedAsync()
    {
        await Eventually.TrueAsync(async () => await Book.CountOpenAsync(Stop) > 0);
        return Assert.Single(await Book.ReadUnresolvedAsync(Stop));
    }

    private SecurityEvent Event(string kind) => new()
    {
        At = _core.Clock.GetUtcNow(),
        Kind = kind,
        Outcome = EventOutcome.Alert,
        Subject = "alice",
        Client = "app",
        TokenId = "jti-1",
        Origin = new RequestOrigin("req_1", "10.0.0.1", null, "POST /token"),
        Detail = "It happened.",
    };
}
