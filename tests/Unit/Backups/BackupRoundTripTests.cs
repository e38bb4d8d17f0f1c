using Dashboard.Core.Audit;
using Dashboard.Core.Backups;
using Dashboard.Core.Keys;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions;
using Dashboard.Core.Storage.Migration;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Storage.Migration;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Backups;

/// <summary>Everything that a store holds comes back, in whatever kind of store and under whatever master key.</summary>
public sealed class BackupRoundTripTests(RedisServer redis)
{
    public static readonly TheoryData<string, string> Ways = new()
    {
        { "sqlite", "sqlite" }, { "sqlite", "redis" }, { "redis", "sqlite" }, { "redis", "redis" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_core_goes_on_where_the_backup_was_made(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        var filled = await FilledStore.FillAsync(host);
        var lists = await FilledStore.ListsAsync(host);
        var keys = host.Get<KeyRing>().All.Select(key => (key.KeyId, key.State, key.CreatedAt, key.RetiredAt, key.RevokedAt)).ToList();
        var operators = host.Get<OperatorDirectory>().FindByName("ALICE");
        var made = await host.BackUpAsync();

        await host.MoveAsync(to, ("SIGNET_MASTER_KEY", BackupRun.OtherMasterKey));
        var result = await host.RestoreAsync(keepsTokens: true);
        await host.ReopenAsync();

        Assert.All(result.Tables, table => Assert.True(table.IsEqual && table.TargetRows > 0, $"{table}"));
        Assert.Equal(made.Tables.Select(table => (table.Name, table.Rows)), result.Tables.Select(table => (table.Name, table.TargetRows)));
        Assert.Null(await host.CodeAsync(filled.Good.Token));
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(filled.Revoked.Token));
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(filled.CutOff.Token));
        Assert.IsType<SessionLookup.Live>(await host.Get<SessionDirectory>().FindBySecretAsync(filled.Open.Secret!, Stop));
        Assert.IsType<SessionLookup.Ended>(await host.Get<SessionDirectory>().FindBySecretAsync(filled.Ended.Secret!, Stop));
        Assert.Equal(lists, await FilledStore.ListsAsync(host));
        Assert.Equal(keys, host.Get<KeyRing>().All.Select(key => (key.KeyId, key.State, key.CreatedAt, key.RetiredAt, key.RevokedAt)));
        Assert.Equal(operators, host.Get<OperatorDirectory>().FindByName("alice"));
        Assert.Null(await host.CodeAsync((await host.IssueAsync()).Token));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_audit_log_is_unbroken_and_tells_of_backup_and_restore(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        await FilledStore.FillAsync(host);
        var before = (await host.Get<AuditLog>().FindNewestAsync(Stop))!;
        var made = await host.BackUpAsync();
        var ofBackup = (await host.Get<AuditLog>().FindNewestAsync(Stop))!;

        await host.MoveAsync(to);
        await host.RestoreAsync();
        await host.ReopenAsync();

        Assert.Equal((BackupRun.Who.Name, "store.backed_up", before.Number + 1), (ofBackup.Entry.Who.Name, ofBackup.Entry.Action, ofBackup.Number));
        Assert.Contains(made.Header.Id, ofBackup.Entry.After, StringComparison.Ordinal);
        Assert.Equal(before.Number, made.AuditNumber);
        var verified = await host.Get<AuditLog>().VerifyAsync(new AuditHead(before.Number, before.Hash), Stop);
        Assert.Equal((true, FilledStore.Pruned, before.Number + 2 - FilledStore.Pruned), (verified.Intact, verified.Pruned?.Number, verified.Verified));
        var entry = (await host.Get<AuditLog>().FindNewestAsync(Stop))!.Entry;
        Assert.Equal((BackupRun.Who.Name, "store.restored", made.Header.Id), (entry.Who.Name, entry.Action, entry.ObjectId));
        Assert.Contains("\"tokens\":\"ended\"", entry.After, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task A_backup_of_a_restored_store_holds_the_same(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(kind, redis.Settings()));
        await FilledStore.FillAsync(host);
        var first = await host.BackUpAsync();

        await host.MoveAsync(kind is "redis" ? "sqlite" : "redis");
        await host.RestoreAsync(keepsTokens: true);
        await host.ReopenAsync();
        var second = await host.BackUpAsync(host.FileOf("second"));

        string[] changed = ["audit", "audit_checkpoints"];
        Assert.Equal(first.Tables.Where(table => !changed.Contains(table.Name)), second.Tables.Where(table => !changed.Contains(table.Name)));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task A_store_knows_when_it_was_backed_up_and_so_does_what_was_restored_from_it(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(kind, redis.Settings()));
        Assert.Null(await host.Get<BackupReminder>().FindLastAsync(Stop));

        var made = await host.BackUpAsync();
        Assert.Equal(made.Header.CreatedAt, await host.Get<BackupReminder>().FindLastAsync(Stop));
        host.Clock.Advance(TimeSpan.FromDays(7));
        Assert.False(host.Get<BackupReminder>().IsOld(made.Header.CreatedAt));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(host.Get<BackupReminder>().IsOld(made.Header.CreatedAt));

        await host.MoveAsync(kind);
        await host.RestoreAsync();
        await host.ReopenAsync(("Backups:RemindAfter", "00:00:00"));
        Assert.Equal(made.Header.CreatedAt, await host.Get<BackupReminder>().FindLastAsync(Stop));
        Assert.False(host.Get<BackupReminder>().IsOld(made.Header.CreatedAt));
    }

    [Fact]
    public async Task Every_table_is_in_it()
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", redis.Settings()));

        var made = await host.BackUpAsync();

        Assert.Equal(
            host.Services.GetServices<StoreTable>().Select(table => table.Name).Order(), made.Tables.Select(table => table.Name).Order());
    }
}
