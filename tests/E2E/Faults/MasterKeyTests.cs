using System.Diagnostics;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Faults;

/// <summary>The command that changes the master key dies in the middle; the store opens all the same.</summary>
public sealed class MasterKeyTests
{
    private const int Kills = 8;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_any_moment_while_the_master_key_is_changed_loses_nothing()
    {
        await using var signet = await SignetProcess.StartAsync(null, StoreKinds.Sqlite);
        using var administrator = await signet.LoginAsync();
        var (token, _) = await administrator.MintAsync();
        await signet.StopAsync();
        var whole = Stopwatch.StartNew();
        Assert.Equal(0, (await RunAsync(signet, "--yes")).ExitCode);
        whole.Stop();

        for (var kill = 0; kill < Kills; kill++)
        {
            // Most of the time is the start of the program; what matters happens at its end.
            using var process = SignetProcess.Begin("keys", "reencrypt", "--yes", $"--Signet:DataFolder={signet.Folder}");
            await Task.Delay(whole.Elapsed * (0.65 + (0.05 * kill)), TimeProvider.System, Stop);
            process.Kill();
            await process.WaitForExitAsync(Stop);
            var (exitCode, output) = await RunAsync(signet, "--dry-run");
            Assert.True(exitCode == 0, output);
        }

        Assert.Equal(0, (await RunAsync(signet, "--yes")).ExitCode);
        await signet.RestartAsync();
        Assert.Null(await signet.Http.RefusalOfAsync(token));
        using var again = await signet.LoginAsync();
        Assert.True((await again.PostJsonAsync("/dashboard/audit/verification", new { }, 200)).GetProperty("intact").GetBoolean());
    }

    private static Task<(int ExitCode, string Output)> RunAsync(SignetProcess signet, string how) =>
        SignetProcess.RunAsync("keys", "reencrypt", how, $"--Signet:DataFolder={signet.Folder}");
}
