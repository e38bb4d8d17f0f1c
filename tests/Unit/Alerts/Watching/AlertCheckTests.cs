using Dashboard.Core.Agents;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Watching;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Keys.Protection.Reencryption;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Dashboard.Tests.Unit.Alerts.AlertBuilder;

namespace Dashboard.Tests.Unit.Alerts.Watching;

/// <summary>What is looked at every so often: keys, queues, what runs out, and what ends by itself.</summary>
public sealed class AlertCheckTests : IAsyncLifetime
{
    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AlertBook Book => _core.Get<AlertBook>();

    private DateTimeOffset Now => _core.Clock.GetUtcNow();

    public async ValueTask InitializeAsync() => _core = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Revoked_key_is_told_of_once_even_after_a_restart()
    {
        var key = _core.Get<KeyRing>().All.First(key => key.State is KeyState.Next);
        await CheckAsync<KeyRevocationCheck>();
        Assert.Equal(0, await Book.CountOpenAsync(Stop));

        Assert.IsType<KeyRevocationOutcome.Revoked>(await _core.Get<KeyRetirement>().RevokeAsync(key.KeyId, "leaked", Admin, Stop));
        await CheckAsync<KeyRevocationCheck>();
        var alert = Assert.Single(await Book.ReadUnresolvedAsync(Stop));
        Assert.Equal((AlertKinds.KeyRevoked, key.KeyId, AlertSeverity.Critical, 1), (alert.Kind, alert.Key, alert.Severity, alert.Count));

        await Book.ResolveAsync(alert.Kind, alert.Key, null, Stop);
        await _core.ReopenAsync();
        await CheckAsync<KeyRevocationCheck>();
        Assert.Empty(await Book.ReadUnresolvedAsync(Stop));
    }

    [Fact]
    public async Task Lost_events_are_counted_and_over_after_an_hour_without()
    {
        var events = _core.Get<EventLog>();
        for (var number = 0; number < EventLog.QueueLength + 7; number++)
        {
            events.Record(new SecurityEvent { At = Now, Kind = EventKinds.LoggedOut, Outcome = EventOutcome.Succeeded });
        }

        await CheckAsync<EventLossCheck>();
        await CheckAsync<EventLossCheck>();
        Assert.Equal(7, Assert.Single(await Book.ReadUnresolvedAsync(Stop)).Count);

        _core.Clock.Advance(TimeSpan.FromMinutes(59));
        await CheckAsync<UpkeepCheck>();
        Assert.Single(await Book.ReadUnresolvedAsync(Stop));
        _core.Clock.Advance(TimeSpan.FromMinutes(1));
        await CheckAsync<UpkeepCheck>();
        Assert.Empty(await Book.ReadUnresolvedAsync(Stop));
    }

    [Fact]
    public async Task Store_under_another_master_key_is_noticed_and_over_when_the_node_has_it()
    {
        await CheckAsync<MasterKeyCheck>();
        Assert.Empty(await Book.ReadUnresolvedAsync(Stop));
        var (store, secrets) = (_core.Get<IReencryptionStore>(), _core.Get<SystemSecrets>());
        var (before, other) = (await store.ReadAsync(Stop), new MasterKey(new byte[MasterKey.Length]));
        var after = before.Select(value => value with { Value = other.Seal(secrets.MasterKey.Open(value.Value, value.Purpose), value.Purpose) }).ToList();
        var audit = new AuditEntry(Actor.Signet, "master_key.changed", "master key", other.Id);
        Assert.True(await store.ReplaceAsync(before, after, audit, Stop));

        await CheckAsync<MasterKeyCheck>();
        await CheckAsync<MasterKeyCheck>();
        var alert = Assert.Single(await Book.ReadUnresolvedAsync(Stop));
        Assert.Equal((AlertKinds.MasterKeyMismatch, secrets.MasterKey.Id, 1), (alert.Kind, alert.Key, alert.Count));
        Assert.Contains(other.Id, alert.Detail, StringComparison.Ordinal);

        Assert.True(await store.ReplaceAsync(after, before, audit, Stop));
        _core.Clock.Advance(TimeSpan.FromMinutes(5));
        await CheckAsync<MasterKeyCheck>();
        await CheckAsync<UpkeepCheck>();
        Assert.Empty(await Book.ReadUnresolvedAsync(Stop));
    }

    [Fact]
    public async Task What_runs_out_has_one_alert_for_each_threshold_until_it_is_renewed()
    {
        var keys = _core.Get<AgentKeys>();
        var made = Assert.IsType<AgentKeyChange.Changed>(await keys.CreateAsync(new AgentKeyDraft("Robots", TimeSpan.FromDays(31), []), null, Admin, Stop)).Key;
        await CheckAsync<ExpiryCheck>();
        Assert.Empty(await ExpiringAsync());

        _core.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        await CheckAsync<ExpiryCheck>();
        await CheckAsync<ExpiryCheck>();
        Assert.Equal(($"agent-key:{made.Id} 30d", AlertSeverity.Warning, 1), Of(Assert.Single(await ExpiringAsync())));
        _core.Clock.Advance(TimeSpan.FromDays(23));
        await CheckAsync<ExpiryCheck>();
        Assert.Equal(($"agent-key:{made.Id} 7d", AlertSeverity.Warning, 1), Of(Assert.Single(await ExpiringAsync())));
        _core.Clock.Advance(TimeSpan.FromDays(6));
        await CheckAsync<ExpiryCheck>();
        Assert.Equal(($"agent-key:{made.Id} 1d", AlertSeverity.Critical, 1), Of(Assert.Single(await ExpiringAsync())));

        await keys.DeleteAsync(made.Id, "gone", Admin, Stop);
        await CheckAsync<ExpiryCheck>();
        Assert.Empty(await ExpiringAsync());
        Assert.Equal(3, (await Book.ListAsync(new AlertFilter(AlertState.Resolved, AlertKinds.Expiring), null, 10, Stop)).Total);

        static (string, AlertSeverity, long) Of(Alert alert) => (alert.Key, alert.Severity, alert.Count);
    }

    [Fact]
    public async Task What_happened_is_over_a_day_after_somebody_took_it_on()
    {
        var taken = (await Book.RaiseAsync(Draft("taken"), Stop)).Alert;
        await Book.RaiseAsync(Draft("left"), Stop);
        await Book.AcknowledgeAsync(taken.Id, "on it", Admin, Stop);

        _core.Clock.Advance(TimeSpan.FromHours(23));
        await Book.RaiseAsync(Draft("taken"), Stop);
        _core.Clock.Advance(TimeSpan.FromHours(23));
        await CheckAsync<UpkeepCheck>();
        Assert.Equal(2, (await Book.ReadUnresolvedAsync(Stop)).Count);
        _core.Clock.Advance(TimeSpan.FromHours(1));
        await CheckAsync<UpkeepCheck>();

        Assert.Equal("left", Assert.Single(await Book.ReadUnresolvedAsync(Stop)).Key);
    }

    [Fact]
    public async Task Mute_that_is_over_tells_again_of_what_goes_on()
    {
        await Book.MuteAsync(Kind, null, Now.AddHours(1), "known", Admin, Stop);
        var muted = (await Book.RaiseAsync(Draft(), Stop)).Alert;
        await CheckAsync<UpkeepCheck>();
        Assert.Empty(await Book.ReadOpenedAfterAsync(0, 10, Stop));

        _core.Clock.Advance(TimeSpan.FromHours(1));
        await CheckAsync<UpkeepCheck>();

        Assert.Equal(muted.Id, Assert.Single(await Book.ReadOpenedAfterAsync(muted.Number, 10, Stop)).Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_failing_check_keeps_none_of_the_others_from_being_made(bool isAway)
    {
        Exception fault = isAway ? new StoreUnavailableException("The test says no.") : new FormatException("A row that cannot be read.");
        var (failing, good) = (new CountedCheck { Fault = fault }, new CountedCheck());
        var due = new DueChecks([failing, good], _core.Clock, NullLogger.Instance);

        await due.RunAsync(Stop);
        await due.RunAsync(Stop);

        Assert.Equal((2, 1), (failing.Made, good.Made));
        _core.Clock.Advance(good.Interval);
        await due.RunAsync(Stop);
        Assert.Equal(2, good.Made);
    }

    private Task<IReadOnlyList<Alert>> ExpiringAsync() => Book.ReadUnresolvedAsync(AlertKinds.Expiring, Stop);

    private Task CheckAsync<TCheck>()
        where TCheck : IAlertCheck => _core.Services.GetServices<IAlertCheck>().OfType<TCheck>().Single().CheckAsync(Stop);

    private sealed class CountedCheck : IAlertCheck
    {
        public Exception? Fault { get; init; }

        public int Made { get; private set; }

        public TimeSpan Interval => TimeSpan.FromMinutes(1);

        public Task CheckAsync(CancellationToken cancellationToken)
        {
            Made++;
            return Fault is null ? Task.CompletedTask : throw Fault;
        }
    }
}
