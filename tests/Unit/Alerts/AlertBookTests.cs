using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Storage.Purging;
using Dashboard.Tests.Unit.Infrastructure;
using static Dashboard.Tests.Unit.Alerts.AlertBuilder;

namespace Dashboard.Tests.Unit.Alerts;

/// <summary>What people do with alerts, and who hears of it.</summary>
public sealed class AlertBookTests : IAsyncLifetime
{
    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AlertBook Book => _core.Get<AlertBook>();

    private DateTimeOffset Now => _core.Clock.GetUtcNow();

    public async ValueTask InitializeAsync() => _core = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Acknowledgement_says_who_and_why_once_and_is_audited()
    {
        var alert = (await Book.RaiseAsync(Draft(), Stop)).Alert;
        var alice = new Actor("alice", Roles.Administrator);

        var done = Assert.IsType<AlertAcknowledgement.Done>(await Book.AcknowledgeAsync(alert.Id, "I look at it", alice, Stop)).Alert;

        Assert.Equal((AlertState.Acknowledged, "alice", "I look at it"), (done.State, done.AcknowledgedBy, done.AcknowledgedWhy));
        var already = Assert.IsType<AlertAcknowledgement.Already>(await Book.AcknowledgeAsync(alert.Id, "me too", Admin, Stop));
        Assert.Equal("alice", already.Alert.AcknowledgedBy);
        Assert.IsType<AlertAcknowledgement.Unknown>(await Book.AcknowledgeAsync("alert_nobody", "why", alice, Stop));
        await Book.ResolveAsync(alert.Kind, alert.Key, null, Stop);
        Assert.IsType<AlertAcknowledgement.Over>(await Book.AcknowledgeAsync(alert.Id, "too late", alice, Stop));
        var entry = Assert.Single((await _core.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: alert.Id), null, 5, Stop)).Items).Entry;
        Assert.Equal(("alert.acknowledged", "I look at it", "alice"), (entry.Action, entry.Reason, entry.Who.Name));
    }

    [Fact]
    public async Task Mute_names_a_kind_that_exists_and_ends_in_time()
    {
        Assert.Equal("kind", await FaultAsync("nothing", Now.AddHours(1)));
        Assert.Equal("until", await FaultAsync(Kind, Now));
        Assert.Equal("until", await FaultAsync(Kind, Now.AddDays(91)));
        Assert.IsType<AlertMuting.Done>(await Book.MuteAsync("rule:rule_1", null, Now.AddHours(1), "known", Admin, Stop));
        Assert.IsType<AlertMuting.Done>(await Book.MuteAsync(Kind, "a", Now.AddHours(2), "known", Admin, Stop));

        Assert.Equal(["rule:rule_1", Kind], (await Book.ReadMutesAsync(Stop)).Select(mute => mute.Kind));
        _core.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([Kind], (await Book.ReadMutesAsync(Stop)).Select(mute => mute.Kind));
        Assert.True(await Book.UnmuteAsync(Kind, "a", "done", Admin, Stop));
        Assert.False(await Book.UnmuteAsync(Kind, "a", "done", Admin, Stop));
        Assert.Equal(
            ["alerts.unmuted", "alerts.muted"],
            (await _core.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: $"{Kind} a"), null, 5, Stop)).Items.Select(record => record.Entry.Action));
    }

    [Theory]
    [InlineData(Roles.Reviewer)]
    [InlineData(Roles.Support)]
    [InlineData("")]
    public async Task Others_change_nothing(string role)
    {
        var alert = (await Book.RaiseAsync(Draft(), Stop)).Alert;
        var who = new Actor("other", role);

        await Assert.ThrowsAsync<AccessRefusedException>(() => Book.AcknowledgeAsync(alert.Id, "why", who, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Book.MuteAsync(Kind, null, Now.AddHours(1), "why", who, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Book.UnmuteAsync(Kind, null, "why", who, Stop));
    }

    [Fact]
    public async Task Readers_hear_of_what_is_new_and_not_of_what_merely_goes_on()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var heard = _core.Get<IChangeFeed>().ReadAsync(ChangeKind.Alerts, stop.Token).GetAsyncEnumerator(stop.Token);
        var next = heard.MoveNextAsync().AsTask();
        var state = Draft() with { Times = 0 };

        var alert = (await Book.RaiseAsync(state, Stop)).Alert;
        Assert.True(await next);
        Assert.Equal(alert.Id, heard.Current.Id);
        next = heard.MoveNextAsync().AsTask();
        await Book.RaiseAsync(state, Stop);
        Assert.False(next.IsCompleted);
        await Book.ResolveAsync(state.Kind, state.Key, null, Stop);

        Assert.True(await next);
    }

    [Fact]
    public async Task What_comes_from_outside_is_cut()
    {
        var alert = (await Book.RaiseAsync(Draft(new string('k', 500)) with { Title = new string('t', 500), Detail = new string('d', 5_000) }, Stop)).Alert;

        Assert.Equal((300, 200, 1_000), (alert.Key.Length, alert.Title.Length, alert.Detail.Length));
    }

    [Fact]
    public async Task History_is_purged_after_its_retention()
    {
        await Book.RaiseAsync(Draft("old"), Stop);
        await Book.ResolveAsync(Kind, "old", null, Stop);
        await Book.RaiseAsync(Draft("new"), Stop);
        _core.Clock.Advance(TimeSpan.FromDays(181));

        var run = await _core.Get<PurgeWorker>().RunAsync(Stop);

        Assert.Equal(1, run!.Gone["alerts"]);
        Assert.Equal(["new"], (await Book.ListAsync(new AlertFilter(), null, 10, Stop)).Items.Select(alert => alert.Key));
    }

    private async Task<string> FaultAsync(string kind, DateTimeOffset until) => Assert.Single(
        Assert.IsType<AlertMuting.Invalid>(await Book.MuteAsync(kind, null, until, "why", Admin, Stop)).Faults).Field;
}
