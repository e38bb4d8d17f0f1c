using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Storage.Migration;

/// <summary>A source that nodes change while it is copied, and a target that is not what was copied.</summary>
public sealed class ChangedSourceTests(RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_changed_in_the_source_is_named_and_the_next_run_begins_anew()
    {
        var settings = MigrationRun.SettingsOn("redis", redis.Settings());
        await using var node = await CoreHost.StartAsync(settings);
        await using var host = await CoreHost.StartAsync(settings);
        var filled = await FilledStore.FillAsync(host);

        // When the ledger was copied already.
        var changed = await host.MigrateAsync("sqlite", progress: new Change(node, filled.Good.TokenId));

        Assert.False(changed.IsEqual);
        Assert.Equal(["audit", "ledger"], changed.Tables.Where(table => !table.IsEqual).Select(table => table.Name));
        var (migration, plan) = await host.PrepareAsync("sqlite");
        Assert.Equal(TargetState.Unfinished, plan.Target);
        (await migration.RunAsync(plan, false, MigrationRun.Who, null, Stop)).Hashes();
        await host.ReopenAsync();
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(filled.Good.Token));
    }

    [Theory]
    [InlineData("UPDATE ledger SET scope = 'admin' WHERE rowid = 5;", "ledger")]
    [InlineData("DELETE FROM sessions WHERE ended_at IS NULL;", "sessions")]
    [InlineData("UPDATE events SET report = NULL;", "events")]
    [InlineData("UPDATE signing_keys SET sealed_private_part = x'00';", "signing_keys")]
    [InlineData("DROP TRIGGER audit_is_never_changed; UPDATE audit SET reason = 'x' WHERE number = 3;", "audit")]
    public async Task Any_difference_is_found(string sql, string table)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("redis", redis.Settings()));
        await FilledStore.FillAsync(host);

        var result = await host.MigrateAsync("sqlite", progress: new Tampering(() => host.Tamper(sql)));

        Assert.Equal([table], result.Tables.Where(row => !row.IsEqual).Select(row => row.Name));
    }

    private sealed class Change(CoreHost node, string tokenId) : IProgress<MigrationProgress>
    {
        private bool _done;

        public void Report(MigrationProgress value)
        {
            if (value.Table is "revocations" && !_done)
            {
                _done = true;
                Task.Run(async () =>
                {
                    await node.Get<Core.Tokens.Revocation.TokenRevocations>().RevokeAsync(
                        tokenId, "late", TokenBuilder.Somebody, Core.Events.RequestOrigin.None, Stop);
                    await node.Get<ITokenLedger>().AddAsync(LedgerRows.Row("late"), null, Stop);
                }).GetAwaiter().GetResult();
            }
        }
    }

    private sealed class Tampering(Action tamper) : IProgress<MigrationProgress>
    {
        private Action? _tamper = tamper;

        public void Report(MigrationProgress value)
        {
            if (value.Table is "revocations")
            {
                Interlocked.Exchange(ref _tamper, null)?.Invoke();
            }
        }
    }
}
