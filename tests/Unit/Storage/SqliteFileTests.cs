using System.Security.Cryptography;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Storage;

/// <summary>Files that cannot be used are refused with a sentence and left as they are.</summary>
public sealed class SqliteFileTests
{
    [Fact]
    public async Task Start_makes_folder_and_files_that_only_their_owner_reads()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(host.Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(host.DatabaseFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(Path.Combine(host.Folder, "master.key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(host.DatabaseFile + "-wal"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(host.DatabaseFile + ".lock"));
    }

    [Fact]
    public async Task Start_again_finds_everything_and_migrates_nothing_twice()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        var issued = await host.IssueAsync();

        await host.ReopenAsync();
        await host.ReopenAsync();

        Assert.Equal(issued.TokenId, (await host.RowAsync(issued.TokenId)).TokenId);
        Assert.Equal(SqliteMigrations.Newest, host.Database.QueryFirst<long>("PRAGMA user_version;"));
    }

    [Fact]
    public async Task Stop_leaves_everything_in_one_file_that_can_be_copied()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        var issued = await host.IssueAsync();
        Assert.Null(await host.CodeAsync(issued.Token));
        await host.RowAsync(issued.TokenId);

        await host.CloseAsync();

        Assert.Equal(
            ["master.key", "signet.db"],
            Directory.GetFiles(host.Folder).Select(Path.GetFileName).Where(name => name != "signet.db.lock").Order(StringComparer.Ordinal));
        await using var copy = CoreHost.Create(StoreKinds.Sqlite);
        Directory.CreateDirectory(copy.Folder);
        File.Copy(host.DatabaseFile, copy.DatabaseFile);
        File.Copy(Path.Combine(host.Folder, "master.key"), Path.Combine(copy.Folder, "master.key"));
        await copy.OpenAsync();
        Assert.Null(await copy.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Start_on_a_newer_file_is_refused_and_leaves_nothing_open()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        await host.CloseAsync();
        host.Tamper($"PRAGMA user_version = {SqliteMigrations.Newest + 1};");

        var refused = await RefusedUntouchedAsync(host);

        Assert.Contains($"format {SqliteMigrations.Newest + 1}", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(host.DatabaseFile + "-wal"));
        Assert.False(File.Exists(host.DatabaseFile + "-shm"));
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("text")]
    [InlineData("zeros")]
    [InlineData("truncated by half")]
    [InlineData("truncated to a page")]
    [InlineData("truncated to half a page")]
    [InlineData("random page")]
    public async Task Start_on_a_damaged_file_is_refused(string damage)
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => host.IssueAsync()));
        await host.CloseAsync();
        Damage(host.DatabaseFile, damage);

        var refused = await RefusedUntouchedAsync(host);

        Assert.Contains(host.DatabaseFile, refused.Message, StringComparison.Ordinal);
        Assert.Contains("backup", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_where_a_folder_stands_in_the_way_of_the_file_is_refused()
    {
        await using var host = CoreHost.Create(StoreKinds.Sqlite);
        Directory.CreateDirectory(host.DatabaseFile);

        var refused = await Assert.ThrowsAsync<StartupException>(host.OpenAsync);

        Assert.Equal(StartupException.StoreUnusable, refused.ExitCode);
        Assert.Contains("Signet:DataFolder", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_where_the_folder_cannot_be_made_names_the_setting()
    {
        await using var host = CoreHost.Create(StoreKinds.Sqlite);
        await File.WriteAllTextAsync(host.Folder, "a file", TestContext.Current.CancellationToken);
        await host.RebuildAsync(("Signet:DataFolder", Path.Combine(host.Folder, "below")));

        var refused = await Assert.ThrowsAsync<StartupException>(host.OpenAsync);

        Assert.Equal(StartupException.StoreUnusable, refused.ExitCode);
        Assert.Contains("Signet:DataFolder", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_of_a_second_server_on_the_same_folder_is_refused()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        await using var second = CoreHost.Create(StoreKinds.Sqlite);
        await second.RebuildAsync(("Signet:DataFolder", host.Folder));

        var refused = await Assert.ThrowsAsync<StartupException>(second.OpenAsync);

        Assert.Contains("another Signet", refused.Message, StringComparison.Ordinal);
        await host.IssueAsync();
    }

    // Windows keeps a file to its owner by other means.
    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows()
        ? throw new PlatformNotSupportedException()
        : File.GetUnixFileMode(path);

    private static async Task<StartupException> RefusedUntouchedAsync(CoreHost host)
    {
        var before = SHA256.HashData(await File.ReadAllBytesAsync(host.DatabaseFile, TestContext.Current.CancellationToken));

        var refused = await Assert.ThrowsAsync<StartupException>(() => host.ReopenAsync());

        Assert.Equal(StartupException.StoreUnusable, refused.ExitCode);
        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(host.DatabaseFile, TestContext.Current.CancellationToken)));
        return refused;
    }

    private static void Damage(string file, string damage)
    {
        var bytes = File.ReadAllBytes(file);
        byte[] random = [.. Enumerable.Range(0, 4_096).Select(index => (byte)(index * 7))];
        File.WriteAllBytes(file, damage switch
        {
            "empty" => [],
            "text" => [.. "This is no database."u8],
            "zeros" => new byte[bytes.Length],
            "truncated by half" => bytes[..(bytes.Length / 2)],
            "truncated to a page" => bytes[..4_096],
            "truncated to half a page" => bytes[..2_048],
            _ => [.. bytes[..8_192], .. random, .. bytes[12_288..]],
        });
    }
}
