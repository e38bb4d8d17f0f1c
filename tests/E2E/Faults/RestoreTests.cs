using System.Diagnostics;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Faults;

/// <summary>The commands that back up and restore die in the middle; each is run again and loses nothing.</summary>
public sealed class RestoreTests : IDisposable
{
    private const int Kills = 8;
    private const string Passphrase = "correct horse battery staple";

    private readonly string _folder = Directory.CreateTempSubdirectory("signet-restore-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Backup => Path.Combine(_folder, "b.signet");

    private string Restored => Path.Combine(_folder, "restored");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Killed_at_any_moment_a_backup_is_whole_or_not_there_and_a_restore_is_finished_by_the_next()
    {
        await using var signet = await SignetProcess.StartAsync(null, StoreKinds.Sqlite);
        using var administrator = await signet.LoginAsync();
        var (token, _) = await administrator.MintAsync();
        string[] backup = [.. With("backup", signet.Folder), "--force"];
        var lasts = await TimeAsync(backup);
        for (var kill = 0; kill < Kills; kill++)
        {
            File.Delete(Backup);
            await KillAsync(lasts, kill, backup);
            Assert.True(!File.Exists(Backup) || (await SignetProcess.RunAsync([.. With("backup", signet.Folder, "show")])).ExitCode == 0);
        }

        Assert.Equal(0, (await SignetProcess.RunAsync(backup)).ExitCode);
        await signet.StopAsync();

        string[] restore = [.. With("restore", Restored), "--keep-tokens", "--yes"];
        lasts = await TimeAsync(restore);
        Directory.Delete(Restored, recursive: true);
        for (var kill = 0; kill < Kills; kill++)
        {
            // What was not finished is gone on with; what was is begun anew.
            await KillAsync(lasts, kill, restore);
            var (exitCode, output) = await SignetProcess.RunAsync([.. With("restore", Restored), "--keep-tokens", "--check"]);
            Assert.True(exitCode == 0, output);
            if (output.Contains("was filled from this backup before", StringComparison.Ordinal))
            {
                Directory.Delete(Restored, recursive: true);
            }
        }

        var done = await SignetProcess.RunAsync(restore);
        Assert.True(done.ExitCode == 0, done.Output);
        await using var again = await SignetProcess.StartAsync(
            Restored, StoreKinds.Sqlite, ("Signet__Issuer", signet.Address.ToString().TrimEnd('/')));
        Assert.Null(await again.Http.RefusalOfAsync(token));
        using var back = await again.LoginAsync();
        Assert.True((await back.PostJsonAsync("/dashboard/audit/verification", new { }, 200)).GetProperty("intact").GetBoolean());
    }

    private static async Task<TimeSpan> TimeAsync(string[] command)
    {
        var whole = Stopwatch.StartNew();
        var (exitCode, output) = await SignetProcess.RunAsync(command);
        Assert.True(exitCode == 0, output);
        return whole.Elapsed;
    }

    // Most of the time is the start of the program; what matters happens at its end.
    private static async Task KillAsync(TimeSpan lasts, int kill, string[] command)
    {
        using var process = SignetProcess.Begin(command);
        await Task.Delay(lasts * (0.6 + (0.05 * kill)), TimeProvider.System, Stop);
        process.Kill();
        await process.WaitForExitAsync(Stop);
    }

    private string[] With(string verb, string folder, params string[] more) =>
        [verb, .. more, Backup, $"--passphrase={Passphrase}", $"--Signet:DataFolder={folder}"];
}
