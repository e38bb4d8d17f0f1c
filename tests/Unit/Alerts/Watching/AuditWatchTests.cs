using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Watching;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Alerts.Watching;

/// <summary>Tampering with the audit log is found without anybody asking. The file itself is tampered with, so these are about it.</summary>
public sealed class AuditWatchTests : IAsyncLifetime
{
    private CoreHost _core = null!;
    private int _asked;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AuditWatch Watch => _core.Get<AuditWatch>();

    private AlertBook Book => _core.Get<AlertBook>();

    public async ValueTask InitializeAsync()
    {
        _core = await CoreHost.StartAsync(
            StoreKinds.Sqlite, configure: services => AwayStore.Insert<IAuditStore>(services, () => Interlocked.Increment(ref _asked) < 0));
        await AddAsync(5);

        // As somebody would who can write to the file.
        _core.Tamper("DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted;");
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Good_log_raises_nothing_and_new_entries_are_verified_alone()
    {
        var first = await Watch.VerifyAsync(Stop);
        await AddAsync(3);
        var second = await Watch.VerifyAsync(Stop);

        Assert.Equal((true, true, first.Verified + 3), (first.Intact, second.Intact, second.Verified));
        Assert.Empty(await Book.ReadUnresolvedAsync(Stop));
    }

    [Fact]
    public async Task Everything_is_walked_once_at_start()
    {
        var before = _asked;
        await Watch.VerifyAsync(Stop);
        var first = _asked - before;
        await Watch.VerifyAsync(Stop);

        // Both times it all fits into one step.
        Assert.Equal(_asked - before - first, first);
    }

    [Fact]
    public async Task Deleted_newest_entries_are_found_although_the_chain_fits()
    {
        var good = await Watch.VerifyAsync(Stop);
        _core.Tamper($"DELETE FROM audit WHERE number > {good.Verified - 2};");

        var found = await Watch.VerifyAsync(Stop);

        Assert.False(found.Intact);
        Assert.False((await Watch.VerifyAsync(Stop)).Intact);
        Assert.Equal(AlertKinds.AuditBroken, Assert.Single(await Book.ReadUnresolvedAsync(Stop)).Kind);
    }

    [Fact]
    public async Task Newest_entries_that_went_with_their_count_while_nobody_looked_are_found_at_the_next_start()
    {
        await _core.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop);
        var attested = (await _core.Get<AuditLog>().ReadHeadAsync(Stop)).Number;
        _core.Tamper(
            $"""
            DROP TRIGGER audit_head_never_goes_back;
            DELETE FROM audit WHERE number > {attested - 3};
            UPDATE audit_head SET (number, at, hash) = (SELECT number, at, hash FROM audit ORDER BY number DESC LIMIT 1);
            """);
        await _core.ReopenAsync();

        Assert.Equal((false, attested - 2), (await VerifyAsync()));

        // Nor does it help to write on until there is another entry in each place.
        await AddAsync(10);
        await _core.ReopenAsync();
        Assert.Equal((false, attested), (await VerifyAsync()));
        Assert.Equal(AlertKinds.AuditBroken, Assert.Single(await Book.ReadUnresolvedAsync(Stop)).Kind);

        async Task<(bool Intact, long? FirstBroken)> VerifyAsync()
        {
            var found = await Watch.VerifyAsync(Stop);
            return (found.Intact, found.FirstBroken);
        }
    }

    [Theory]
    [InlineData("at = 9000000000000000000")]
    [InlineData("hash = 'x'")]
    [InlineData("at = 'never'")]
    public async Task Entry_that_cannot_be_read_is_found_and_named(string tampering)
    {
        _core.Tamper($"UPDATE audit SET {tampering} WHERE number = 2;");

        Assert.Equal(2, (await Watch.VerifyAsync(Stop)).FirstBroken);
        Assert.Contains("Entry 2:", Assert.Single(await Book.ReadUnresolvedAsync(Stop)).Detail, StringComparison.Ordinal);
        Assert.Contains((await _core.Get<AuditLog>().ListAsync(new AuditFilter(), null, 50, Stop)).Items, record => record.Number == 2);
    }

    [Fact]
    public async Task Changed_new_entry_is_found_at_once_and_an_old_one_within_a_day()
    {
        var good = await Watch.VerifyAsync(Stop);
        _core.Tamper("UPDATE audit SET reason = 'another' WHERE number = 2;");
        await AddAsync(1);
        Assert.True((await Watch.VerifyAsync(Stop)).Intact);

        _core.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, (await Watch.VerifyAsync(Stop)).FirstBroken);
        Assert.Contains("Entry 2:", Assert.Single(await Book.ReadUnresolvedAsync(Stop)).Detail, StringComparison.Ordinal);
        Assert.NotEqual(0, good.Verified);
    }

    [Fact]
    public async Task Verification_that_somebody_asks_for_raises_too_and_only_a_person_ends_it()
    {
        _core.Tamper("UPDATE audit SET reason = 'another' WHERE number = 3;");
        await _core.Get<AuditLog>().VerifyAsync(null, Stop);
        await _core.Get<AuditLog>().VerifyAsync(null, Stop);
        var alert = Assert.Single(await Book.ReadUnresolvedAsync(Stop));
        Assert.Equal((AlertKinds.AuditBroken, AlertSeverity.Critical, 1), (alert.Kind, alert.Severity, alert.Count));

        await Book.AcknowledgeAsync(alert.Id, "the disk was restored", AlertBuilder.Admin, Stop);
        _core.Clock.Advance(TimeSpan.FromDays(1));
        await _core.Services.GetServices<IAlertCheck>().OfType<UpkeepCheck>().Single().CheckAsync(Stop);
        Assert.Empty(await Book.ReadUnresolvedAsync(Stop));
    }

    private async Task AddAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await _core.Get<AuditLog>().RecordReadAsync(new AuditEntry(Actor.Signet, "report.read", "report", $"r{number}"), Stop);
        }
    }
}
