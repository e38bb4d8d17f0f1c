using System.Net;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Commands;

/// <summary>The program moves a deployment to Redis and back, and its people and tokens notice nothing.</summary>
public sealed class MigrateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_moves_to_redis_and_back()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var signet = await SignetProcess.StartAsync(null, StoreKinds.Sqlite);
        using var administrator = await signet.LoginAsync();
        var good = await administrator.MintAsync("good");
        var revoked = await administrator.MintAsync("revoked");
        using (var answer = await administrator.RevokeAsync(revoked.TokenId))
        {
            await answer.ReadAsync(200);
        }

        string[] there = ["migrate", "--from", "sqlite", "--to", "redis", $"--Storage:Redis={redis.Address}", $"--Signet:DataFolder={signet.Folder}"];
        var running = await SignetProcess.RunAsync(there);
        await signet.KillAsync();
        var moved = await SignetProcess.RunAsync(there);
        var again = await SignetProcess.RunAsync(there);
        var unconfirmed = await SignetProcess.RunAsync([.. there, "--clear"]);
        var cleared = await SignetProcess.RunAsync([.. there, "--clear", "--yes", "--json"]);

        Assert.Equal(3, running.ExitCode);
        Assert.Contains("Stop the other one", running.Output, StringComparison.Ordinal);
        Assert.Equal(0, moved.ExitCode);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("--clear", again.Output, StringComparison.Ordinal);
        Assert.Equal(2, unconfirmed.ExitCode);
        Assert.Contains("--yes", unconfirmed.Output, StringComparison.Ordinal);
        Assert.Equal(0, cleared.ExitCode);
        Assert.DoesNotContain("   at ", running.Output + moved.Output + again.Output + unconfirmed.Output, StringComparison.Ordinal);

        await signet.RestartAsync(redis.Settings("signet"));
        Assert.Null(await signet.Http.RefusalOfAsync(good.Token));
        Assert.Equal("TOKEN_REVOKED", await signet.Http.RefusalOfAsync(revoked.Token));
        var verified = await administrator.PostJsonAsync("/dashboard/audit/verification", new { }, 200);
        Assert.True(verified.GetProperty("intact").GetBoolean());
        var later = await administrator.MintAsync("later");
        using (var login = await signet.LoginAsync())
        {
            Assert.Equal(HttpStatusCode.OK, (await login.GetAsync(new Uri("/dashboard/tokens", UriKind.Relative), Stop)).StatusCode);
        }

        await signet.KillAsync();
        var back = await SignetProcess.RunAsync(
            "migrate", "--from", "redis", "--to", "sqlite", "--redis", redis.Address, $"--Signet:DataFolder={signet.Folder}",
            "--clear", "--yes");
        Assert.Equal(0, back.ExitCode);
        Assert.Single(Directory.GetFiles(signet.Folder, "signet.db.*.bak"));
        await signet.RestartAsync();
        Assert.Null(await signet.Http.RefusalOfAsync(good.Token));
        Assert.Null(await signet.Http.RefusalOfAsync(later.Token));
        Assert.Equal("TOKEN_REVOKED", await signet.Http.RefusalOfAsync(revoked.Token));
        var entries = await administrator.GetJsonAsync("/dashboard/audit?action=store.migrated");
        Assert.StartsWith("cli:", entries.GetProperty("items")[0].GetProperty("who").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_answers_in_json_beside_a_running_server()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var signet = await SignetProcess.StartAsync(null, StoreKinds.Sqlite);

        var (exitCode, output) = await SignetProcess.RunAsync(
            "migrate", "--from", "sqlite", "--to", "redis", "--dry-run", "--json", "--redis", redis.Address, $"--Signet:DataFolder={signet.Folder}");

        Assert.Equal(0, exitCode);
        using var plan = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..(output.LastIndexOf('}') + 1)]);
        Assert.Equal("planned", plan.RootElement.GetProperty("status").GetString());
    }
}
