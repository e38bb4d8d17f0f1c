using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Audit;

public sealed class AuditVerifierTests
{
    private const string Unlock = "DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted; DROP TRIGGER audit_head_never_goes_back;";

    private static readonly Actor Who = new("rita", Roles.Reviewer, null, "s-1");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Result_is_in_the_log_for_every_node_and_after_a_restart()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        Assert.Null(await host.Get<AuditVerifier>().FindLastAsync(Stop));
        var taken = await host.Get<AuditCheckpoints>().TakeAsync(Who, Stop);

        var proof = await host.Get<AuditVerifier>().VerifyAsync(Who, null, Stop);
        await host.ReopenAsync();
        var last = await host.Get<AuditVerifier>().FindLastAsync(Stop);

        Assert.Equal(proof, last);
        Assert.Equal(
            new AuditProof(new AuditVerification(true, taken.Head.Number, null, null), new AuditBasis(taken.Head.Number, 1, 0), "rita", host.Clock.GetUtcNow()),
            last);
    }

    [Fact]
    public async Task Newest_entries_that_were_deleted_and_forgotten_are_found_by_the_checkpoints_of_the_store()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        var taken = await host.Get<AuditCheckpoints>().TakeAsync(Who, Stop);
        host.Tamper(
            $"{Unlock} DELETE FROM audit WHERE number > 1; UPDATE audit_head SET (number, at, hash) = (SELECT number, at, hash FROM audit);");

        var proof = (await host.Get<AuditVerifier>().VerifyAsync(Who, null, Stop))!;

        Assert.Equal((false, 2, taken.Head.Number), (proof.Found.Intact, proof.Found.FirstBroken, proof.Basis.AttestedTo));
        Assert.Equal(proof, await host.Get<AuditVerifier>().FindLastAsync(Stop));
    }

    [Fact]
    public async Task Checkpoint_that_was_carried_away_counts_though_the_store_has_lost_its_own()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        var taken = await host.Get<AuditCheckpoints>().TakeAsync(Who, Stop);
        host.Tamper(
            $"""
            {Unlock} DROP TRIGGER audit_checkpoints_are_never_deleted; DELETE FROM audit_checkpoints; DELETE FROM audit WHERE number > 1;
            UPDATE audit_head SET (number, at, hash) = (SELECT number, at, hash FROM audit);
            """);
        var verifier = host.Get<AuditVerifier>();

        Assert.True((await verifier.VerifyAsync(Who, null, Stop))!.Found.Intact);
        Assert.False((await verifier.VerifyAsync(Who, taken.Text, Stop))!.Found.Intact);
        Assert.Null(await verifier.VerifyAsync(Who, "1.2.3.4.5", Stop));
    }

    [Fact]
    public async Task In_the_background_there_is_one_at_a_time_which_everybody_sees_and_anybody_stops()
    {
        var gate = new SlowLog();
        await using var host = await StartSlowAsync(gate);
        var verifier = host.Get<AuditVerifier>();
        var told = 0;
        verifier.Changed += (_, _) => Interlocked.Increment(ref told);

        Assert.Equal(AuditStart.Started, verifier.Start(Who, null));
        Assert.Equal(AuditStart.AlreadyRunning, verifier.Start(Who, null));
        Assert.Equal((AuditRunState.Running, "rita"), (verifier.Run!.State, verifier.Run.Who.Name));

        verifier.Stop(new Actor("ann", Roles.Administrator));
        await verifier.Running.WaitAsync(Stop);

        Assert.Equal((AuditRunState.Stopped, "ann"), (verifier.Run.State, verifier.Run.StoppedBy));
        Assert.Null(await verifier.FindLastAsync(Stop));
        Assert.True(told >= 2);

        gate.Open();
        Assert.Equal(AuditStart.Started, verifier.Start(Who, null));
        await verifier.Running.WaitAsync(Stop);

        Assert.Equal(AuditRunState.Done, verifier.Run.State);
        Assert.Equal(verifier.Run.Proof, await verifier.FindLastAsync(Stop));
        Assert.Equal(verifier.Run.Total, verifier.Run.Walked);
    }

    [Fact]
    public async Task Run_over_a_store_that_is_away_says_that_it_failed()
    {
        var gate = new SlowLog { IsAway = true };
        await using var host = await StartSlowAsync(gate);
        var verifier = host.Get<AuditVerifier>();

        verifier.Start(Who, null);
        await verifier.Running.WaitAsync(Stop);

        Assert.Equal(AuditRunState.Failed, verifier.Run!.State);
    }

    [Fact]
    public async Task Whoever_may_not_read_the_log_verifies_nothing()
    {
        await using var host = await CoreHost.StartAsync();
        var support = new Actor("sue", Roles.Support);

        Assert.Throws<AccessRefusedException>(() => host.Get<AuditVerifier>().Start(support, null));
        Assert.Throws<AccessRefusedException>(() => host.Get<AuditVerifier>().Stop(support));
        await Assert.ThrowsAsync<AccessRefusedException>(() => host.Get<AuditVerifier>().VerifyAsync(support, null, Stop));
    }

    [Fact]
    public async Task Reading_is_recorded_once_in_five_minutes_for_each_session()
    {
        await using var host = await CoreHost.StartAsync();
        var reads = host.Get<AuditReads>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => reads.RecordAsync(Who, "?action=a.b", Stop)));
        await reads.RecordAsync(Who with { Session = "s-2" }, "", Stop);
        host.Clock.Advance(TimeSpan.FromMinutes(4));
        await reads.RecordAsync(Who, "", Stop);
        Assert.Equal(2, await CountAsync(host));

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await reads.RecordAsync(Who, "", Stop);
        Assert.Equal(3, await CountAsync(host));
        await Assert.ThrowsAsync<AccessRefusedException>(() => reads.RecordAsync(new Actor("sue", Roles.Support), "", Stop));

        var first = (await host.Get<AuditLog>().ListAsync(new AuditFilter(Action: "audit.read"), null, 10, Stop)).Items[^1];
        Assert.Equal(("rita", "{\"asked\":\"?action=a.b\"}"), (first.Entry.Who.Name, first.Entry.After));
    }

    private static async Task<long> CountAsync(CoreHost host) =>
        (await host.Get<AuditLog>().ListAsync(new AuditFilter(Action: "audit.read"), null, 10, Stop)).Total;

    private static Task<CoreHost> StartSlowAsync(SlowLog log) => CoreHost.StartAsync(
        StoreKinds.Sqlite,
        configure: services => services.AddSingleton<IAuditStore>(provider =>
        {
            log.Inner = provider.GetRequiredService<SqliteAuditStore>();
            return log;
        }));

    /// <summary>A log whose walk waits until it is let go on.</summary>
    private sealed class SlowLog : IAuditStore
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IAuditStore Inner { get; set; } = null!;

        public bool IsAway { get; set; }

        public void Open() => _open.TrySetResult();

        public Task<AuditRecord> AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
            Inner.AppendAsync(entry, cancellationToken);

        public Task<IReadOnlyList<AuditRecord>> FindAsync(
            AuditWay? way, AuditRange range, int limit, CancellationToken cancellationToken) =>
            Inner.FindAsync(way, range, limit, cancellationToken);

        public Task<long> CountAsync(AuditWay? way, AuditRange range, int most, CancellationToken cancellationToken) =>
            Inner.CountAsync(way, range, most, cancellationToken);

        public async Task<IReadOnlyList<AuditRecord>> ReadAsync(long firstNumber, int limit, CancellationToken cancellationToken)
        {
            if (IsAway)
            {
                throw new StoreUnavailableException("away");
            }

            await _open.Task.WaitAsync(cancellationToken);
            return await Inner.ReadAsync(firstNumber, limit, cancellationToken);
        }

        public Task<AuditRecord?> FindNewestAsync(CancellationToken cancellationToken) => Inner.FindNewestAsync(cancellationToken);

        public Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken) => Inner.ReadHeadAsync(cancellationToken);

        public Task<AuditTerms> ReadTermsAsync(CancellationToken cancellationToken) => Inner.ReadTermsAsync(cancellationToken);
    }
}
