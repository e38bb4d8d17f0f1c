using System.Text.Json;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Storage.Migration;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>The command as it is typed: what it answers, asks and ends with.</summary>
public sealed class MigrateCommandTests(RedisServer redis) : IAsyncLifetime
{
    private readonly Dictionary<string, string?> _settings = MigrationRun.SettingsOn("sqlite", redis.Settings());
    private CommandRunner _runner = null!;

    public async ValueTask InitializeAsync()
    {
        _runner = await CommandRunner.StartAsync(_settings);
        await _runner.Host.IssueAsync();
        await _runner.Host.CloseAsync();
    }

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task A_migration_says_what_it_did_and_what_comes_next()
    {
        Assert.Equal(0, await _runner.RunAsync("migrate", "--from", "sqlite", "--to", "redis"));

        var answer = _runner.Answer();
        Assert.Matches(@"ledger +1 rows +[0-9a-f]{16}  ok", answer);
        Assert.Contains("Storage__Kind=redis", answer, StringComparison.Ordinal);
        Assert.Contains("SIGNET_MASTER_KEY", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(_settings["SIGNET_MASTER_KEY"]!, answer + _runner.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Again_it_is_refused_until_the_target_may_be_cleared_and_a_person_agrees()
    {
        Assert.Equal(0, await _runner.RunAsync("migrate", "--from", "sqlite", "--to", "redis"));
        Assert.Equal(1, await _runner.RunAsync("migrate", "--from", "sqlite", "--to", "redis"));
        Assert.Contains("--clear", _runner.Said, StringComparison.Ordinal);

        _runner.Answers("no");
        Assert.Equal(1, await _runner.RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--clear"));
        Assert.Contains("There is no way back.", _runner.Said, StringComparison.Ordinal);
        _runner.Answers("yes");
        Assert.Equal(0, await _runner.RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--clear"));
        Assert.Equal(0, await _runner.RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--clear", "--yes"));
    }

    [Fact]
    public async Task Without_a_terminal_it_does_not_ask_but_says_that_yes_is_needed()
    {
        Assert.Equal(2, await _runner.RunUnattendedAsync("migrate", "--from", "sqlite", "--to", "redis", "--clear"));

        Assert.Contains("--yes", _runner.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_lists_what_would_be_copied_and_changes_nothing()
    {
        var plan = await _runner.ReadAsync("migrate", "--from", "sqlite", "--to", "redis", "--dry-run");

        Assert.Equal("planned", plan.GetProperty("status").GetString());
        Assert.Equal(1, Table(plan, "ledger").GetProperty("rows").GetInt64());
        Assert.Equal(":0", await redis.TellAsync("EXISTS", $"{{{_settings["Storage:RedisPrefix"]}}}:store"));
    }

    [Fact]
    public async Task In_json_the_answer_is_one_object()
    {
        var done = await _runner.ReadAsync("migrate", "--from", "sqlite", "--to", "redis");
        Assert.Equal(1, await _runner.RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--json"));
        var refused = TokenBuilder.Json(_runner.Answer());

        Assert.Equal("done", done.GetProperty("status").GetString());
        Assert.True(Table(done, "ledger").GetProperty("is_equal").GetBoolean());
        Assert.Equal("TARGET_COPIED", refused.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("Option '--to' is required.", "migrate", "--from", "sqlite")]
    [InlineData("must name different stores", "migrate", "--from", "sqlite", "--to", "sqlite")]
    [InlineData("'punchcards'", "migrate", "--from", "punchcards", "--to", "sqlite")]
    [InlineData("--frm", "migrate", "--frm", "sqlite", "--to", "redis")]
    [InlineData("'vanish'", "vanish")]
    [InlineData("Keys:RsaBits must be between 2048 and 4096", "migrate", "--from", "sqlite", "--to", "redis", "--Keys:RsaBits=3")]
    public async Task Wrong_use_ends_with_2_and_says_what_is_wrong(string fault, params string[] arguments)
    {
        var code = await _runner.RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.Contains(fault, _runner.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redis_that_is_not_there_ends_with_3_and_tells_no_password()
    {
        Assert.Equal(3, await _runner.RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--redis", "127.0.0.1:1,password=hunter2"));

        Assert.Contains("Storage:Redis", _runner.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _runner.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redis_that_is_nowhere_named_ends_with_2()
    {
        Assert.Equal(2, await _runner.RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--Storage:Redis="));

        Assert.Contains("--redis", _runner.Said, StringComparison.Ordinal);
    }

    private static JsonElement Table(JsonElement answer, string name) =>
        answer.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("name").GetString() == name);
}
