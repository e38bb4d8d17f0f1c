using Dashboard.Core.Agents;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Agents;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>Agents and their keys from the command line.</summary>
public sealed class AgentCommandTests : IAsyncLifetime
{
    private static readonly RequestOrigin Origin = RequestOrigin.None with { Ip = "192.0.2.7" };

    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CoreHost Host => _runner.Host;

    public async ValueTask InitializeAsync() => _runner = await CommandRunner.StartAsync();

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task A_key_is_made_and_printed_alone_and_an_agent_registers_with_it_at_a_running_server()
    {
        await Host.StartHostedAsync();
        Assert.Equal(0, await _runner.RunAsync("agents", "keys", "create", "--label", "Tests", "--agent-type", "Testing", "--lifetime", "30d"));
        var secret = _runner.Answer();
        await Eventually.TrueAsync(() =>
        {
            Host.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return Host.Get<AgentKeyDirectory>().FindBySecret(secret, Host.Clock.GetUtcNow()) is not null;
        });

        var token = await RegisterAsync("agent-1", secret);
        var keys = await _runner.ReadAsync("agents", "keys", "list");
        Assert.Equal(0, await _runner.RunAsync("agents", "keys", "list"));
        await Host.StopHostedAsync();

        var key = Assert.Single(keys.GetProperty("items").EnumerateArray());
        Assert.Equal(("Tests", "enabled", "agent-1", "testing"), (
            key.GetProperty("label").GetString(),
            key.GetProperty("state").GetString(),
            key.GetProperty("agent_id").GetString(),
            key.GetProperty("agent_types")[0].GetString()));
        Assert.Null(await CodeAsync(token));
        Assert.DoesNotContain(secret, keys + _runner.Answer() + _runner.Said, StringComparison.Ordinal);
        var entry = Assert.Single(
            (await Host.Get<AuditLog>().ListAsync(new AuditFilter(Action: "agent_key.created"), null, 10, Stop)).Items).Entry;
        Assert.Equal($"cli:{Environment.UserName}", entry.Who.Name);
    }

    [Fact]
    public async Task Agents_are_listed_shown_and_removed()
    {
        var (_, secret) = await CreateKeyAsync();
        var token = await RegisterAsync("agent-1", secret);

        var listed = await _runner.ReadAsync("agents", "list", "--status", "alive", "--agent-type", "testing", "--q", "agent");
        var none = await _runner.ReadAsync("agents", "list", "--status", "dead");
        Assert.Equal(0, await _runner.RunAsync("agents", "show", "agent-1"));
        Assert.Matches(@"endpoint +https://agent\.example\.com:8443/a", _runner.Answer());
        var planned = await _runner.ReadAsync("agents", "remove", "agent-1", "--dry-run");
        _runner.Answers("no");
        Assert.Equal(1, await _runner.RunAsync("agents", "remove", "agent-1"));
        var removed = await _runner.ReadAsync("agents", "remove", "agent-1", "--yes", "--reason", "it is gone");
        await Host.ReopenAsync();

        Assert.Equal("agent-1", Assert.Single(listed.GetProperty("items").EnumerateArray()).GetProperty("agent_id").GetString());
        Assert.Equal(0, none.GetProperty("total").GetInt32());
        Assert.Equal((true, false), (planned.GetProperty("dry_run").GetBoolean(), removed.GetProperty("dry_run").GetBoolean()));
        Assert.Null(await Host.Get<AgentDirectory>().ReadAsync("agent-1", Stop));
        Assert.Equal("TOKEN_REVOKED", await CodeAsync(token));
        var entry = Assert.Single((await Host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: "agent-1"), null, 10, Stop)).Items).Entry;
        Assert.Equal(("agent.removed", "it is gone"), (entry.Action, entry.Reason));
    }

    [Fact]
    public async Task A_key_is_revoked_and_its_agent_with_it_and_deleted_where_no_agent_lives_by_it()
    {
        var (id, secret) = await CreateKeyAsync();
        var token = await RegisterAsync("agent-1", secret);

        Assert.Equal(1, await _runner.RunAsync("agents", "keys", "revoke", id, "--delete", "--yes"));
        Assert.Contains("An agent is registered with this key", _runner.Said, StringComparison.Ordinal);
        var planned = await _runner.ReadAsync("agents", "keys", "revoke", id, "--dry-run");
        Assert.Null(await CodeAsync(token));
        var revoked = await _runner.ReadAsync("agents", "keys", "revoke", id, "--yes");
        Assert.Equal(0, await _runner.RunAsync("agents", "keys", "revoke", id, "--yes"));
        Assert.Contains("already", _runner.Answer(), StringComparison.Ordinal);
        await Host.ReopenAsync();
        Assert.NotNull(await CodeAsync(token));
        await _runner.ReadAsync("agents", "remove", "agent-1", "--yes");
        var deleted = await _runner.ReadAsync("agents", "keys", "revoke", id, "--delete", "--yes");

        Assert.Equal(("enabled", "disabled"), (planned.GetProperty("state").GetString(), revoked.GetProperty("state").GetString()));
        Assert.Equal("agent-1", revoked.GetProperty("agent_id").GetString());
        Assert.False(deleted.GetProperty("dry_run").GetBoolean());
        Assert.Empty(await Host.Get<AgentKeys>().ListAsync(Stop));
    }

    [Theory]
    [InlineData(2, "--status must be alive or dead", "list", "--status", "asleep")]
    [InlineData(2, "--cursor is not one", "list", "--cursor", "x")]
    [InlineData(1, "no agent with this id", "show", "nobody")]
    [InlineData(1, "no agent with this id", "remove", "nobody", "--yes")]
    [InlineData(1, "no agent key with this id", "keys", "revoke", "ak_x", "--yes")]
    [InlineData(1, "no agent key with this id", "keys", "revoke", "ak_x", "--delete", "--yes")]
    [InlineData(2, "agent_types must be some of", "keys", "create", "--label", "x", "--agent-type", "magic")]
    [InlineData(2, "lifetime must be between", "keys", "create", "--label", "x", "--lifetime", "5s")]
    [InlineData(2, "--label", "keys", "create")]
    [InlineData(3, "no ", "keys", "list", "--Signet:DataFolder=/nowhere/at/all", "--Storage:RedisPrefix=nowhere")]
    public async Task What_cannot_be_done_ends_with_its_code_and_says_why(int code, string fault, params string[] arguments)
    {
        Assert.Equal(code, await _runner.RunAsync(["agents", .. arguments]));

        Assert.Contains(fault, _runner.Said, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", _runner.Answer());
    }

    private async Task<(string Id, string Secret)> CreateKeyAsync()
    {
        var made = await _runner.ReadAsync("agents", "keys", "create", "--label", "Tests");
        await Host.Get<AgentKeyDirectory>().LoadAsync(Stop);
        return (made.GetProperty("id").GetString()!, made.GetProperty("agent_key").GetString()!);
    }

    private async Task<string> RegisterAsync(string agentId, string secret)
    {
        var temp = Assert.IsType<TempTokenOutcome.Granted>(
            await Host.Get<AgentTokens>().RequestTempAsync(agentId, "testing", secret, Origin, Stop)).Token;
        var accepted = Assert.IsType<TokenVerdict.Accepted>(
            await Host.ValidateAsync(temp, new ValidationContext { Kinds = [TokenKind.AgentTemp], Origin = Origin })).Token;
        return Assert.IsType<AgentRegistrationOutcome.Registered>(
            await Host.Get<AgentRegistration>().RegisterAsync(accepted, AgentBuilder.Profile(), Origin, Stop)).Token;
    }

    private Task<string?> CodeAsync(string token) => Host.CodeAsync(token, new ValidationContext { Origin = Origin });
}
