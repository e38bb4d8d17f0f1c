using Dashboard.Core.Alerts;
using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using static Dashboard.Tests.Unit.Alerts.AlertBuilder;

namespace Dashboard.Tests.Unit.Alerts;

/// <summary>What every store of alerts must do.</summary>
public abstract class AlertStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private IAlertStore Store => Host.Get<IAlertStore>();

    private DateTimeOffset Now => Host.Clock.GetUtcNow();

    [Fact]
    public async Task Raised_alert_is_found_as_it_was_after_a_restart()
    {
        var raised = await Store.RaiseAsync(Draft("schlüssel \"a\"\n/b") with { Times = 3 }, Now, Stop);
        await Host.ReopenAsync();

        Assert.Equal(AlertRaiseOutcome.Opened, raised.Outcome);
        Assert.Equal((1, 3, AlertState.Open), (raised.Alert.Number, raised.Alert.Count, raised.Alert.State));
        Assert.StartsWith("alert_", raised.Alert.Id, StringComparison.Ordinal);
        Assert.Equal(raised.Alert, await Store.FindAsync(raised.Alert.Id, Stop));
        Assert.Null(await Store.FindAsync("alert_nobody", Stop));
    }

    [Fact]
    public async Task Of_many_raises_at_once_one_opens_and_all_are_counted()
    {
        var raises = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Store.RaiseAsync(Draft(), Now, Stop))));

        Assert.Single(raises, raise => raise.Outcome is AlertRaiseOutcome.Opened);
        var alert = Assert.Single((await Store.ListAsync(new AlertFilter(), null, 10, Stop)).Items);
        Assert.Equal((32, 1), (alert.Count, await Store.CountOpenAsync(Stop)));
    }

    [Fact]
    public async Task Open_alert_takes_the_newest_words_and_the_highest_severity()
    {
        var first = (await Store.RaiseAsync(Draft() with { Severity = AlertSeverity.Critical }, Now, Stop)).Alert;
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        var again = await Store.RaiseAsync(Draft() with { Detail = "It goes on.", Times = 0 }, Now, Stop);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var same = await Store.RaiseAsync(Draft() with { Detail = "It goes on.", Times = 0 }, Now, Stop);

        Assert.Equal((AlertRaiseOutcome.Changed, AlertRaiseOutcome.Unchanged), (again.Outcome, same.Outcome));
        Assert.Equal(first with { Detail = "It goes on.", LastAt = Now }, same.Alert);
    }

    [Fact]
    public async Task Acknowledged_alert_stays_so_while_it_goes_on_and_one_that_is_over_opens_anew()
    {
        var first = (await Store.RaiseAsync(Draft(), Now, Stop)).Alert;
        Assert.True(await AcknowledgeAsync(first.Id));
        Assert.False(await AcknowledgeAsync(first.Id));
        Assert.False(await AcknowledgeAsync("alert_nobody"));

        var goesOn = (await Store.RaiseAsync(Draft(), Now, Stop)).Alert;
        Assert.Equal((first.Id, AlertState.Acknowledged, "alice", "on it", 2), (goesOn.Id, goesOn.State, goesOn.AcknowledgedBy, goesOn.AcknowledgedWhy, goesOn.Count));
        Assert.Equal(0, await Store.CountOpenAsync(Stop));
        var over = await Store.ResolveAsync(first.Kind, first.Key, null, Now, Stop);
        Assert.Equal((AlertState.Resolved, Now), (over!.State, over.ResolvedAt));
        Assert.Null(await Store.ResolveAsync(first.Kind, first.Key, null, Now, Stop));

        var anew = await Store.RaiseAsync(Draft(), Now, Stop);
        Assert.Equal((AlertRaiseOutcome.Opened, 2, AlertState.Open), (anew.Outcome, anew.Alert.Number, anew.Alert.State));
        Assert.NotEqual(first.Id, anew.Alert.Id);
    }

    [Fact]
    public async Task Of_many_acknowledgements_at_once_one_counts_and_is_audited()
    {
        var alert = (await Store.RaiseAsync(Draft(), Now, Stop)).Alert;
        var before = await NewestAsync();

        var done = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => AcknowledgeAsync(alert.Id))));

        Assert.Single(done, true);
        Assert.Equal(before + 1, await NewestAsync());
    }

    [Fact]
    public async Task What_is_said_once_is_not_raised_again_for_a_moment_that_is_known()
    {
        var once = Draft() with { At = Now, IsOnce = true };
        Assert.Equal(AlertRaiseOutcome.Opened, (await Store.RaiseAsync(once, Now, Stop)).Outcome);
        Assert.Equal(AlertRaiseOutcome.Unchanged, (await Store.RaiseAsync(once, Now, Stop)).Outcome);
        await Store.ResolveAsync(once.Kind, once.Key, null, Now, Stop);

        Assert.Equal(AlertRaiseOutcome.Unchanged, (await Store.RaiseAsync(once, Now, Stop)).Outcome);
        Assert.Equal(AlertRaiseOutcome.Opened, (await Store.RaiseAsync(once with { At = Now.AddSeconds(1) }, Now, Stop)).Outcome);
    }

    [Fact]
    public async Task What_was_so_after_a_time_does_not_end_with_it()
    {
        var alert = (await Store.RaiseAsync(Draft(), Now, Stop)).Alert;

        Assert.Null(await Store.ResolveAsync(alert.Kind, alert.Key, Now.AddMilliseconds(-1), Now, Stop));
        Assert.NotNull(await Store.ResolveAsync(alert.Kind, alert.Key, Now, Now, Stop));
    }

    [Fact]
    public async Task Muted_alerts_are_listed_and_not_told_of_until_the_mute_ends()
    {
        var open = (await Store.RaiseAsync(Draft("a"), Now, Stop)).Alert;
        await MuteAsync(null, TimeSpan.FromHours(1));
        var muted = (await Store.RaiseAsync(Draft("b"), Now, Stop)).Alert;
        var other = (await Store.RaiseAsync(Draft("c", AlertKinds.KeyRevoked), Now, Stop)).Alert;

        Assert.True(muted.IsMuted);
        Assert.Equal((1, 3), (await Store.CountOpenAsync(Stop), (await Store.ListAsync(new AlertFilter(), null, 10, Stop)).Total));
        Assert.Equal([other.Id], await OpenedAfterAsync(0));
        Assert.Equal(0, await Store.EndMutesAsync(Now.AddMinutes(59), Stop));
        Assert.Equal(1, await Store.EndMutesAsync(Now.AddHours(1), Stop));
        Assert.Empty(await Store.ReadMutesAsync(Stop));

        // They open again under numbers of their own, so that whoever reads on hears of them.
        Assert.Equivalent(new[] { open.Id, muted.Id }, await OpenedAfterAsync(other.Number), strict: true);
        Assert.Equal((3, 5), (await Store.CountOpenAsync(Stop), await Store.ReadNewestNumberAsync(Stop)));
    }

    [Fact]
    public async Task Mute_of_one_thing_leaves_the_others_and_another_mute_holds_on()
    {
        await Store.RaiseAsync(Draft("a"), Now, Stop);
        await Store.RaiseAsync(Draft("b"), Now, Stop);
        await MuteAsync("a", TimeSpan.FromHours(1));
        Assert.Equal(1, await Store.CountOpenAsync(Stop));

        await MuteAsync(null, TimeSpan.FromHours(2));
        await MuteAsync("a", TimeSpan.FromHours(3));
        Assert.Equal([null, "a"], (await Store.ReadMutesAsync(Stop)).Select(mute => mute.Key));
        Assert.True(await UnmuteAsync("a"));
        Assert.False(await UnmuteAsync("a"));
        Assert.Equal(0, await Store.CountOpenAsync(Stop));
        Assert.True(await UnmuteAsync(null));
        Assert.Equal(2, await Store.CountOpenAsync(Stop));
    }

    [Fact]
    public async Task End_of_a_mute_that_is_not_there_changes_nothing()
    {
        var alert = (await Store.RaiseAsync(Draft("a"), Now, Stop)).Alert;
        await MuteAsync("a", TimeSpan.FromHours(1));
        Host.Clock.Advance(TimeSpan.FromHours(2));
        var before = await NewestAsync();

        // Also the mute whose time is over is ended by whom it concerns, and told of.
        Assert.False(await UnmuteAsync("b"));

        Assert.Equal(alert with { IsMuted = true }, await Store.FindAsync(alert.Id, Stop));
        Assert.Equal((before, alert.Number), (await NewestAsync(), await Store.ReadNewestNumberAsync(Stop)));
    }

    [Fact]
    public async Task Acknowledged_alert_is_not_announced_again_after_its_mute()
    {
        var alert = (await Store.RaiseAsync(Draft(), Now, Stop)).Alert;
        await MuteAsync(null, TimeSpan.FromHours(1));
        await AcknowledgeAsync(alert.Id);

        await Store.EndMutesAsync(Now.AddHours(2), Stop);

        Assert.Equal((alert.Number, false), ((await Store.FindAsync(alert.Id, Stop))!.Number, (await Store.FindAsync(alert.Id, Stop))!.IsMuted));
        Assert.Equal(0, await Store.CountOpenAsync(Stop));
    }

    [Fact]
    public async Task List_has_open_ones_first_and_goes_on_page_by_page()
    {
        foreach (var key in new[] { "a", "b", "c", "d", "e" })
        {
            await Store.RaiseAsync(Draft(key), Now, Stop);
        }

        await Store.RaiseAsync(Draft("f", AlertKinds.KeyRevoked), Now, Stop);
        await AcknowledgeAsync((await FindAsync("d")).Id);
        await Store.ResolveAsync(Kind, "e", null, Now, Stop);

        List<string> keys = [];
        string? cursor = null;
        do
        {
            var page = await Store.ListAsync(new AlertFilter(), cursor, 2, Stop);
            Assert.Equal(6, page.Total);
            keys.AddRange(page.Items.Select(alert => alert.Key));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(["f", "c", "b", "a", "d", "e"], keys);
        Assert.Equal(["d"], await KeysAsync(new AlertFilter(AlertState.Acknowledged)));
        Assert.Equal(["c", "b", "a", "d", "e"], await KeysAsync(new AlertFilter(Kind: Kind)));
        Assert.Empty(await KeysAsync(new AlertFilter(AlertState.Resolved, AlertKinds.KeyRevoked)));
        Assert.Equal(["f", "c", "b", "a", "d"], (await Store.ReadUnresolvedAsync(10, Stop)).Select(alert => alert.Key));
        Assert.Equal(["a", "b"], (await Store.ReadOpenedAfterAsync(0, 2, Stop)).Select(alert => alert.Key));
    }

    [Fact]
    public async Task Purge_takes_what_was_over_long_ago_but_never_the_newest()
    {
        foreach (var key in new[] { "a", "b", "c" })
        {
            await Store.RaiseAsync(Draft(key), Now, Stop);
        }

        await Store.ResolveAsync(Kind, "a", null, Now.AddDays(-2), Stop);
        await Store.ResolveAsync(Kind, "c", null, Now.AddDays(-1), Stop);

        Assert.Equal(0, await Store.PurgeAsync(Now.AddDays(-2), 10, Term, Stop));
        Assert.Equal(1, await Store.PurgeAsync(Now, 10, Term, Stop));
        Assert.Equal(["b", "c"], await KeysAsync(new AlertFilter()));
        Assert.Equal(4, (await Store.RaiseAsync(Draft("a"), Now, Stop)).Alert.Number);
        Assert.Equal(1, await Store.PurgeAsync(Now, 10, Term, Stop));
        await EndTermAsync();
        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(Now, 10, Term, Stop));
    }

    private async Task<Alert> FindAsync(string key) =>
        (await Store.ListAsync(new AlertFilter(), null, 50, Stop)).Items.Single(alert => alert.Key == key);

    private async Task<string[]> KeysAsync(AlertFilter filter) =>
        [.. (await Store.ListAsync(filter, null, 50, Stop)).Items.Select(alert => alert.Key)];

    private async Task<string[]> OpenedAfterAsync(long number) =>
        [.. (await Store.ReadOpenedAfterAsync(number, 10, Stop)).Select(alert => alert.Id)];

    private Task<bool> AcknowledgeAsync(string id) => Store.AcknowledgeAsync(id, "alice", "on it", Now, Entry(), Stop);

    private Task MuteAsync(string? key, TimeSpan length) =>
        Store.MuteAsync(new AlertMute(Kind, key, Now + length, "known", "alice", Now), Entry(), Stop);

    private Task<bool> UnmuteAsync(string? key) => Store.UnmuteAsync(Kind, key, Now, Entry(), Stop);

    private static AuditEntry Entry() => new(Actor.Signet, "alert.changed", "alert", "alert_1");

    private async Task<long> NewestAsync() => (await Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
}

public sealed class SqliteAlertStoreTests() : AlertStoreContract(StoreKinds.Sqlite);

public sealed class RedisAlertStoreTests(RedisServer redis) : AlertStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterAlertStoreTests(RedisCluster cluster) : AlertStoreContract(cluster.Settings());
