using System.Security.Cryptography;
using Dashboard.Core.Backups;
using Dashboard.Core.Backups.Format;
using Dashboard.Core.Storage.Migration;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Backups;

/// <summary>Under its name stands a whole backup or none, and nobody reads it who should not.</summary>
public sealed class BackupFileTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_file_is_replaced_unless_it_may_be()
    {
        await using var host = await CoreHost.StartAsync();
        await File.WriteAllTextAsync(host.FileOf(), "mine", Stop);

        Assert.Equal("FILE_EXISTS", await BackupRun.CodeOfAsync(() => host.BackUpAsync()));
        Assert.Equal("mine", await File.ReadAllTextAsync(host.FileOf(), Stop));

        var made = await host.BackUpAsync(replaces: true);
        Assert.Equal(made.Header.Id, BackupCheck.ReadHeader(host.FileOf()).Id);
    }

    [Fact]
    public async Task An_interrupted_backup_leaves_what_was_there()
    {
        await using var host = await CoreHost.StartAsync();
        await host.IssueAsync();
        var made = await host.BackUpAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => host.BackUpAsync(replaces: true, progress: new BackupInterruption(BackupStep.Writing, 10)));
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => host.BackUpAsync(host.FileOf("other"), new BackupInterruption(BackupStep.Writing, 10)));

        Assert.Equal(made.Header.Id, BackupCheck.ReadHeader(host.FileOf()).Id);
        Assert.Equal([host.FileOf()], Directory.GetFiles(Path.GetDirectoryName(host.FileOf())!));
    }

    [Fact]
    public async Task What_a_killed_backup_left_behind_is_in_nobodys_way()
    {
        await using var host = await CoreHost.StartAsync();
        await File.WriteAllTextAsync(host.FileOf() + ".part", "half", Stop);

        await host.BackUpAsync();

        Assert.Equal([host.FileOf()], Directory.GetFiles(Path.GetDirectoryName(host.FileOf())!));
    }

    [Fact]
    public async Task It_is_for_its_owner_alone_and_holds_nothing_in_clear()
    {
        await using var host = await CoreHost.StartAsync();
        await host.IssueAsync(TokenBuilder.Request() with { Subject = "a-subject-that-can-be-searched-for" });
        await host.BackUpAsync();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(host.FileOf()));
        }

        var bytes = await File.ReadAllBytesAsync(host.FileOf(), Stop);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("a-subject-that"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("signing_keys"u8));
    }

    [Fact]
    public async Task Any_byte_that_changed_is_found_before_anything_is_restored()
    {
        await using var host = await CoreHost.StartAsync();
        await host.IssueAsync();
        await host.BackUpAsync();
        var bytes = await File.ReadAllBytesAsync(host.FileOf(), Stop);

        foreach (var place in Enumerable.Range(0, 40).Select(_ => RandomNumberGenerator.GetInt32(bytes.Length)))
        {
            bytes[place] ^= 0x10;
            await File.WriteAllBytesAsync(host.FileOf("changed"), bytes, Stop);
            bytes[place] ^= 0x10;

            Assert.Throws<BackupRefusedException>(
                () => host.Get<BackupCheck>().Run(host.FileOf("changed"), BackupRun.Identity, null, Stop));
        }

        Assert.NotNull(host.Get<BackupCheck>().Run(host.FileOf(), BackupRun.Identity, null, Stop));
    }

    [Theory]
    [InlineData(1, "NEWER_STORE")]
    [InlineData(-1, "OLDER_STORE")]
    public async Task What_another_version_wrote_is_not_restored(int later, string code)
    {
        await using var host = await CoreHost.StartAsync();
        var made = await host.BackUpAsync();
        var (protection, secret) = BackupRun.Recipient.Close();
        var header = made.Header with { StoreFormat = made.Header.StoreFormat + later, Protection = protection };
        using (var file = File.Create(host.FileOf("other")))
        using (var writer = new BackupWriter(file, header, secret, new BackupOpening(new byte[32], "store")))
        {
            writer.Complete(new BackupClosing(header.CreatedAt, [], 0, []));
        }

        Assert.Equal(code, BackupRun.CodeOf(() => host.Get<BackupCheck>().Run(host.FileOf("other"), BackupRun.Identity, null, Stop)));
    }

    [Fact]
    public async Task Tables_that_are_not_what_its_end_says_are_found()
    {
        await using var host = await CoreHost.StartAsync();
        var made = await host.BackUpAsync();
        var (protection, secret) = BackupRun.Recipient.Close();
        using (var file = File.Create(host.FileOf("other")))
        using (var writer = new BackupWriter(file, made.Header with { Protection = protection }, secret, new BackupOpening(new byte[32], "store")))
        {
            writer.BeginTable("used_once");
            writer.Add(new StoreRow([("hash", new byte[] { 1 }), ("expires_at", 1L)]));
            writer.Complete(new BackupClosing(made.Header.CreatedAt, [.. writer.Tables.Select(table => table with { Rows = 2 })], 0, []));
        }

        Assert.Equal(
            "BACKUP_DAMAGED", BackupRun.CodeOf(() => host.Get<BackupCheck>().Run(host.FileOf("other"), BackupRun.Identity, null, Stop)));
    }

    [Fact]
    public async Task An_audit_log_that_was_broken_before_is_told()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        await host.BackUpAsync();
        host.Tamper("DROP TRIGGER audit_is_never_changed; UPDATE audit SET reason = 'x' WHERE number = 2;");
        await host.BackUpAsync(host.FileOf("broken"));

        Assert.Null(host.Get<BackupCheck>().Run(host.FileOf(), BackupRun.Identity, null, Stop).AuditFault);
        Assert.StartsWith(
            "Entry 2:", host.Get<BackupCheck>().Run(host.FileOf("broken"), BackupRun.Identity, null, Stop).AuditFault, StringComparison.Ordinal);
    }
}
