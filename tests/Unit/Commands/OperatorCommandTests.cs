using System.Text.Json;
using Dashboard.Commands;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>The commands as they are typed, on the store of a server that runs meanwhile.</summary>
public sealed class OperatorCommandTests : IAsyncLifetime
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly Queue<string> _answers = [];
    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, value) in StoreKinds.Default)
        {
            _settings[name] = value;
        }

        _host = await CoreHost.StartAsync(
            _settings, configure: services => services.AddSingleton<IPasswordHashing, FastHashing>());
        await _host.Get<OperatorBootstrap>().EnsureAsync(Stop);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_operator_is_created_listed_and_gets_another_role()
    {
        Assert.Equal(0, await RunAsync("operators", "create", "--name", "sue", "--role", "support", "--reason", "a new colleague"));
        Assert.Matches("^([a-z0-9]{4}-){5}[a-z0-9]{4}$", Answer());
        Assert.Equal(0, await RunAsync("operators", "roles", "SUE"));
        Assert.Equal("support", Answer());
        Assert.Equal(0, await RunAsync("operators", "roles", "sue", "reviewer", "--yes"));
        Assert.Contains("sue is reviewer now", Answer(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("operators", "list", "--json"));

        var listed = JsonSerializer.Deserialize<JsonElement>(Answer()).GetProperty("operators").EnumerateArray().ToList();
        Assert.Equal(["admin", "sue"], listed.Select(item => item.GetProperty("username").GetString()));
        Assert.DoesNotContain("hash", listed[1].ToString(), StringComparison.OrdinalIgnoreCase);
        var entries = await AuditAsync(listed[1].GetProperty("id").GetString()!);
        Assert.Equal(["operator.role_changed", "operator.created"], entries.Select(entry => entry.Action));
        Assert.All(entries, entry => Assert.Equal($"cli:{Environment.UserName}", entry.Who.Name));
        Assert.Equal("a new colleague", entries[1].Reason);
    }

    [Fact]
    public async Task A_reset_asks_warns_and_prints_the_password_alone()
    {
        _answers.Enqueue("no");
        Assert.Equal(1, await RunAsync("operators", "reset", "admin"));
        Assert.Equal("", Answer());
        _answers.Enqueue("yes");
        Assert.Equal(0, await RunAsync("operators", "reset", "admin", "--reason", "locked out"));

        Assert.Matches("^([a-z0-9]{4}-){5}[a-z0-9]{4}$", Answer());
        Assert.Contains("WARNING", _error.ToString(), StringComparison.Ordinal);
        var entry = (await AuditAsync(_host.Get<OperatorDirectory>().FindByName("admin")!.Id))[0];
        Assert.Equal(("operator.reset", "locked out"), (entry.Action, entry.Reason));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        Assert.Equal(0, await RunAsync("operators", "reset", "admin", "--dry-run"));

        Assert.Contains("Nothing was changed.", Answer(), StringComparison.Ordinal);
        Assert.Single(await AuditAsync(_host.Get<OperatorDirectory>().FindByName("admin")!.Id));
    }

    [Fact]
    public async Task Without_a_terminal_it_does_not_ask_but_says_that_yes_is_needed()
    {
        Assert.Equal(2, await CommandLine.RunAsync(
            [.. Settings(), "operators", "reset", "admin"], new CommandConsole(_out, _error, null), Stop));

        Assert.Contains("--yes", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "no operator 'nobody'", "operators", "reset", "nobody", "--yes")]
    [InlineData(1, "no operator 'nobody'", "operators", "roles", "nobody")]
    [InlineData(1, "last enabled administrator", "operators", "roles", "admin", "support", "--yes")]
    [InlineData(1, "is taken", "operators", "create", "--name", "Admin", "--role", "support")]
    [InlineData(2, "username", "operators", "create", "--name", "a b", "--role", "support")]
    [InlineData(2, "'root'", "operators", "create", "--name", "sue", "--role", "root")]
    [InlineData(2, "--role", "operators", "create", "--name", "sue")]
    [InlineData(3, "no ", "operators", "list", "--Signet:DataFolder=/nowhere/at/all", "--Storage:RedisPrefix=nowhere")]
    public async Task What_cannot_be_done_ends_with_its_code_and_says_why(int code, string fault, params string[] arguments)
    {
        Assert.Equal(code, await RunAsync(arguments));

        Assert.Contains(fault, _error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", Answer());
    }

    [Fact]
    public async Task A_running_server_notices_what_a_command_changed()
    {
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var sessions = _host.Get<IChangeFeed>().ReadAsync(ChangeKind.Sessions, heard.Token).GetAsyncEnumerator(heard.Token);
        var change = sessions.MoveNextAsync().AsTask();
        await _host.StartHostedAsync();
        if (_settings["Storage:Kind"] is "redis")
        {
            // What it may have missed before it listened: told once, so that whoever asks later waits for ever.
            Assert.True(await change);
            change = sessions.MoveNextAsync().AsTask();
        }

        Assert.Equal(0, await RunAsync("operators", "create", "--name", "sue", "--role", Roles.Support));
        await NoticedAsync(() => _host.Get<OperatorDirectory>().FindByName("sue") is not null);
        Assert.Equal(0, await RunAsync("operators", "roles", "sue", "reviewer", "--yes"));
        await NoticedAsync(() => _host.Get<OperatorDirectory>().FindByName("sue")!.Role == Roles.Reviewer);

        if (_settings["Storage:Kind"] is "sqlite")
        {
            // Which kinds of data the other process changed is not told: everybody reads again.
            Assert.True(await change);
            Assert.True(sessions.Current.IsFromElsewhere);
        }
        else
        {
            await heard.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await change);
        }

        await _host.StopHostedAsync();
    }

    // The file is looked at every second; Redis tells, and would seem to have fallen silent if time ran away from it.
    private Task NoticedAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        if (_settings["Storage:Kind"] is "sqlite")
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return condition();
    });

    private string Answer()
    {
        var answer = _out.ToString().Trim();
        _out.GetStringBuilder().Clear();
        return answer;
    }

    private async Task<IReadOnlyList<AuditEntry>> AuditAsync(string id) =>
        [.. (await _host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: id), null, 10, Stop)).Items.Select(item => item.Entry)];

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        [.. Settings(), .. arguments], new CommandConsole(_out, _error, () => _answers.TryDequeue(out var answer) ? answer : null));

    private IEnumerable<string> Settings() => _settings
        .Append(KeyValuePair.Create("Signet:DataFolder", (string?)_host.Folder))
        .Append(KeyValuePair.Create("Keys:Algorithm", (string?)"ES256"))
        .Select(setting => $"--{setting.Key}={setting.Value}");
}
