using System.Text.Json;
using Dashboard.Commands;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Storage.Migration;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>The command as it is typed: what it answers, asks and ends with.</summary>
public sealed class MigrateCommandTests(RedisServer redis) : IAsyncLifetime
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly Queue<string> _answers = [];
    private readonly Dictionary<string, string?> _settings = MigrationRun.SettingsOn("sqlite", redis.Settings());
    private CoreHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await CoreHost.StartAsync(_settings);
        await _host.IssueAsync();
        await _host.CloseAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_migration_says_what_it_did_and_what_comes_next()
    {
        Assert.Equal(0, await RunAsync("migrate", "--from", "sqlite", "--to", "redis"));

        Assert.Matches(@"ledger +1 rows +[0-9a-f]{16}  ok", _out.ToString());
        Assert.Contains("Storage__Kind=redis", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("SIGNET_MASTER_KEY", _out.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_settings["SIGNET_MASTER_KEY"]!, _out.ToString() + _error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Again_it_is_refused_until_the_target_may_be_cleared_and_a_person_agrees()
    {
        Assert.Equal(0, await RunAsync("migrate", "--from", "sqlite", "--to", "redis"));
        Assert.Equal(1, await RunAsync("migrate", "--from", "sqlite", "--to", "redis"));
        Assert.Contains("--clear", _error.ToString(), StringComparison.Ordinal);

        _answers.Enqueue("no");
        Assert.Equal(1, await RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--clear"));
        Assert.Contains("There is no way back.", _error.ToString(), StringComparison.Ordinal);
        _answers.Enqueue("yes");
        Assert.Equal(0, await RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--clear"));
        Assert.Equal(0, await RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--clear", "--yes"));
    }

    [Fact]
    public async Task Without_a_terminal_it_does_not_ask_but_says_that_yes_is_needed()
    {
        Assert.Equal(2, await CommandLine.RunAsync(
            [.. Settings(), "migrate", "--from", "sqlite", "--to", "redis", "--clear"], new CommandConsole(_out, _error, null), TestContext.Current.CancellationToken));

        Assert.Contains("--yes", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_lists_what_would_be_copied_and_changes_nothing()
    {
        Assert.Equal(0, await RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--dry-run", "--json"));
        var plan = TokenBuilder.Json(_out.ToString());

        Assert.Equal("planned", plan.GetProperty("status").GetString());
        Assert.Equal(1, Table(plan, "ledger").GetProperty("rows").GetInt64());
        Assert.Equal(":0", await redis.TellAsync("EXISTS", $"{{{_settings["Storage:RedisPrefix"]}}}:store"));
    }

    [Fact]
    public async Task In_json_the_answer_is_one_object()
    {
        Assert.Equal(0, await RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--json"));
        var done = TokenBuilder.Json(_out.ToString());
        _out.GetStringBuilder().Clear();
        Assert.Equal(1, await RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--json"));
        var refused = TokenBuilder.Json(_out.ToString());

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
        var code = await RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.Contains(fault, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redis_that_is_not_there_ends_with_3_and_tells_no_password()
    {
        Assert.Equal(3, await RunAsync("migrate", "--from", "sqlite", "--to", "redis", "--redis", "127.0.0.1:1,password=hunter2"));

        Assert.Contains("Storage:Redis", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redis_that_is_nowhere_named_ends_with_2()
    {
        _settings.Remove("Storage:Redis");

        Assert.Equal(2, await RunAsync("migrate", "--from", "sqlite", "--to", "redis"));
        Assert.Contains("--redis", _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        [.. Settings(), .. arguments], new CommandConsole(_out, _error, () => _answers.TryDequeue(out var answer) ? answer : null));

    private IEnumerable<string> Settings() => _settings
        .Where(setting => setting.Key is not "Storage:Kind")
        .Append(KeyValuePair.Create("Signet:DataFolder", (string?)_host.Folder))
        .Select(setting => $"--{setting.Key}={setting.Value}");

    private static JsonElement Table(JsonElement answer, string name) =>
        answer.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("name").GetString() == name);
}
