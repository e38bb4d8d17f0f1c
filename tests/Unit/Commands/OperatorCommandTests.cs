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
    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CoreHost Host => _runner.Host;

    public async ValueTask InitializeAsync()
    {
        _runner = await CommandRunner.StartAsync(configure: services => services.AddSingleton<IPasswordHashing, FastHashing>());
        await Host.Get<OperatorBootstrap>().EnsureAsync(Stop);
    }

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task An_operator_is_created_listed_and_gets_another_role()
    {
        Assert.Equal(0, await _runner.RunAsync("operators", "create", "--name", "sue", "--role", "support", "--reason", "a new colleague"));
        Assert.Matches("^([a-z0-9]{4}-){5}[a-z0-9]{4}$", _runner.Answer());
        Assert.Equal(0, await _runner.RunAsync("operators", "roles", "SUE"));
        Assert.Equal("support", _runner.Answer());
        Assert.Equal(0, await _runner.RunAsync("operators", "roles", "sue", "reviewer", "--yes"));
        Assert.Contains("sue is reviewer now", _runner.Answer(), StringComparison.Ordinal);

        var listed = (await _runner.ReadAsync("operators", "list")).GetProperty("operators").EnumerateArray().ToList();
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
        _runner.Answers("no");
        Assert.Equal(1, await _runner.RunAsync("operators", "reset", "admin"));
        Assert.Equal("", _runner.Answer());
        _runner.Answers("yes");
        Assert.Equal(0, await _runner.RunAsync("operators", "reset", "admin", "--reason", "locked out"));

        Assert.Matches("^([a-z0-9]{4}-){5}[a-z0-9]{4}$", _runner.Answer());
        Assert.Contains("WARNING", _runner.Said, StringComparison.Ordinal);
        var entry = (await AuditAsync(Host.Get<OperatorDirectory>().FindByName("admin")!.Id))[0];
        Assert.Equal(("operator.reset", "locked out"), (entry.Action, entry.Reason));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        Assert.Equal(0, await _runner.RunAsync("operators", "reset", "admin", "--dry-run"));

        Assert.Contains("Nothing was changed.", _runner.Answer(), StringComparison.Ordinal);
        Assert.Single(await AuditAsync(Host.Get<OperatorDirectory>().FindByName("admin")!.Id));
    }

    [Fact]
    public async Task Without_a_terminal_it_does_not_ask_but_says_that_yes_is_needed()
    {
        Assert.Equal(2, await _runner.RunUnattendedAsync("operators", "reset", "admin"));

        Assert.Contains("--yes", _runner.Said, StringComparison.Ordinal);
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
        Assert.Equal(code, await _runner.RunAsync(arguments));

        Assert.Contains(fault, _runner.Said, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", _runner.Answer());
    }

    [Fact]
    public async Task A_running_server_notices_what_a_command_changed()
    {
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var sessions = Host.Get<IChangeFeed>().ReadAsync(ChangeKind.Sessions, heard.Token).GetAsyncEnumerator(heard.Token);
        var change = sessions.MoveNextAsync().AsTask();
        await Host.StartHostedAsync();
        if (StoreKinds.Default["Storage:Kind"] is "redis")
        {
            // What it may have missed before it listened: told once, so that whoever asks later waits for ever.
            Assert.True(await change);
            change = sessions.MoveNextAsync().AsTask();
        }

        Assert.Equal(0, await _runner.RunAsync("operators", "create", "--name", "sue", "--role", Roles.Support));
        await NoticedAsync(() => Host.Get<OperatorDirectory>().FindByName("sue") is not null);
        Assert.Equal(0, await _runner.RunAsync("operators", "roles", "sue", "reviewer", "--yes"));
        await NoticedAsync(() => Host.Get<OperatorDirectory>().FindByName("sue")!.Role == Roles.Reviewer);

        if (StoreKinds.Default["Storage:Kind"] is "sqlite")
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

        await Host.StopHostedAsync();
    }

    // The file is looked at every second; Redis tells, and would seem to have fallen silent if time ran away from it.
    private Task NoticedAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        if (StoreKinds.Default["Storage:Kind"] is "sqlite")
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return condition();
    });

    private async Task<IReadOnlyList<AuditEntry>> AuditAsync(string id) =>
        [.. (await Host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: id), null, 10, Stop)).Items.Select(item => item.Entry)];
}
