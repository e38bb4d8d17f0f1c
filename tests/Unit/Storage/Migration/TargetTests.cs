using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Data.Sqlite;

namespace Dashboard.Tests.Unit.Storage.Migration;

/// <summary>What a migration finds where it is to go, and what it leaves alone.</summary>
public sealed class TargetTests(RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task A_store_that_was_only_opened_counts_as_empty(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));

        await host.PrepareAsync(to);
        Assert.Equal(TargetState.Empty, (await host.PrepareAsync(to)).Plan.Target);
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task To_look_makes_and_changes_nothing(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        await host.CloseAsync();
        var file = File.Exists(host.DatabaseFile) ? await File.ReadAllBytesAsync(host.DatabaseFile, Stop) : null;

        var (_, plan) = await host.PrepareAsync(to, onlyLooks: true);

        Assert.Equal(TargetState.Empty, plan.Target);
        Assert.Equal(6, plan.Tables.Single(table => table.Name == "secrets").SourceRows);
        await host.RebuildAsync();
        Assert.Equal(file, File.Exists(host.DatabaseFile) ? await File.ReadAllBytesAsync(host.DatabaseFile, Stop) : null);
        Assert.Equal(to is "redis" ? ":0" : ":1", await redis.TellAsync("EXISTS", host.KeyOf("store")));
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task Another_store_is_refused_and_replaced_only_when_that_is_wanted(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(to, redis.Settings()));
        var foreign = await host.IssueAsync();
        await host.ReopenAsync(("Storage:Kind", from));
        var own = await host.IssueAsync();

        var (migration, plan) = await host.PrepareAsync(to);
        Assert.Equal(TargetState.Full, plan.Target);
        await Assert.ThrowsAsync<InvalidOperationException>(() => migration.RunAsync(plan, false, MigrationRun.Who, null, Stop));
        var before = (await host.EndOf(to).ReadFactsAsync(Stop))["id"];
        var result = await migration.RunAsync(plan, true, MigrationRun.Who, null, Stop);

        result.Hashes();
        Assert.NotEqual(before, (await host.EndOf(to).ReadFactsAsync(Stop))["id"]);
        await host.ReopenAsync();
        Assert.Null(await host.CodeAsync(own.Token));
        Assert.Null(await host.Get<TokenDirectory>().FindAsync(foreign.TokenId, Stop));
        if (to is "sqlite")
        {
            Assert.Equal(1, CountIn(result.KeptAt!, foreign.TokenId));
        }
        else
        {
            Assert.Null(result.KeptAt);
            Assert.Equal(":0", await redis.TellAsync("EXISTS", host.KeyOf($"token:{foreign.TokenId}")));
        }
    }

    [Fact]
    public async Task Clearing_leaves_other_deployments_on_the_same_server_alone()
    {
        var settings = redis.Settings();
        var prefix = settings["Storage:RedisPrefix"];
        await using var neighbour = await CoreHost.StartAsync(redis.Settings(prefix + "-2"));
        var theirs = await neighbour.IssueAsync();
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("redis", settings));
        await host.ReopenAsync(("Storage:Kind", "sqlite"));

        await host.MigrateAsync("redis", clears: true);

        await neighbour.ReopenAsync();
        Assert.Null(await neighbour.CodeAsync(theirs.Token));
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task A_finished_copy_is_known_again(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        await host.MigrateAsync(to);

        Assert.Equal(TargetState.Copied, (await host.PrepareAsync(to)).Plan.Target);
        (await host.MigrateAsync(to, clears: true)).Hashes();
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task An_unfinished_copy_of_another_source_is_not_continued(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        await Assert.ThrowsAsync<OperationCanceledException>(() => host.MigrateAsync(to, progress: new Interruption(2)));
        (string, string?)[] other = from is "sqlite"
            ? [("Signet:DataFolder", host.Folder + "-other")]
            : [("Storage:RedisPrefix", redis.Settings()["Storage:RedisPrefix"])];
        await host.ReopenAsync([("Storage:Kind", from), .. other]);

        var (migration, plan) = await host.PrepareAsync(to);

        Assert.Equal(TargetState.UnfinishedOther, plan.Target);
        await Assert.ThrowsAsync<InvalidOperationException>(() => migration.RunAsync(plan, false, MigrationRun.Who, null, Stop));
        (await migration.RunAsync(plan, true, MigrationRun.Who, null, Stop)).Hashes();
        await host.ReopenAsync();
    }

    [Fact]
    public async Task A_half_filled_store_is_no_source()
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", redis.Settings()));
        await Assert.ThrowsAsync<OperationCanceledException>(() => host.MigrateAsync("redis", progress: new Interruption(2)));

        var refused = await Assert.ThrowsAsync<StartupException>(() => host.PrepareAsync("sqlite"));
        Assert.Contains("not finished", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("sqlite")]
    public async Task A_source_that_does_not_exist_is_named_and_not_made(string to)
    {
        await using var host = CoreHost.Create(MigrationRun.SettingsOn(to, redis.Settings()));
        Directory.CreateDirectory(host.Folder);

        var refused = await Assert.ThrowsAsync<StartupException>(() => host.PrepareAsync(to));

        Assert.Equal(StartupException.WrongSetting, refused.ExitCode);
        Assert.Contains(to is "redis" ? "Signet:DataFolder" : "Storage:RedisPrefix", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(host.DatabaseFile));
        Assert.Equal(":0", await redis.TellAsync("EXISTS", host.KeyOf("store")));
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task Another_master_key_is_refused_before_anything_is_copied(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));

        var refused = await Assert.ThrowsAsync<StartupException>(() => host.PrepareAsync(
            to, settings: ("SIGNET_MASTER_KEY", "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=")));

        Assert.Equal(StartupException.WrongSetting, refused.ExitCode);
        Assert.Contains("SIGNET_MASTER_KEY", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_at_work_are_counted()
    {
        var settings = redis.Settings();
        await using var node = await CoreHost.StartAsync(MigrationRun.SettingsOn("redis", settings), hosted: true);
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", settings));

        Assert.Equal(1, (await host.PrepareAsync("redis")).Plan.TargetNodes);
        Assert.Equal(1, (await host.PrepareAsync("sqlite", settings: ("Signet:DataFolder", host.Folder + "-new"))).Plan.SourceNodes);
    }

    [Fact]
    public async Task A_server_at_work_on_the_file_keeps_a_migration_off()
    {
        await using var server = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", redis.Settings()));
        await using var host = CoreHost.Create(MigrationRun.SettingsOn("sqlite", redis.Settings()));

        var refused = await Assert.ThrowsAsync<StartupException>(
            () => host.PrepareAsync("redis", settings: ("Signet:DataFolder", server.Folder)));
        var (_, plan) = await host.PrepareAsync("redis", onlyLooks: true);

        Assert.Contains("Stop the other one", refused.Message, StringComparison.Ordinal);
        Assert.Equal(6, plan.Tables.Single(table => table.Name == "secrets").SourceRows);
    }

    private static long CountIn(string file, string tokenId)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM ledger WHERE token_id = $id;";
        command.Parameters.AddWithValue("$id", tokenId);
        return (long)command.ExecuteScalar()!;
    }
}
