using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Shipping;

/// <summary>What <c>dotnet publish</c> makes runs as it is shipped: by an ordinary user, from a folder that this user cannot write.</summary>
public sealed class PublishedTests : IDisposable
{
    // Belongs to nobody on this machine, so that everything of this user is ours.
    private const int User = 54_321;

    private readonly string _root = Path.Combine(Path.GetTempPath(), $"signet-published-{Guid.CreateVersion7():N}");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Program => Path.Combine(_root, "program");

    private string Work => Path.Combine(_root, "work");

    public void Dispose()
    {
        Run("chmod", "--recursive", "u+w", _root);
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Published_program_starts_from_an_empty_folder_and_writes_only_its_data()
    {
        Directory.CreateDirectory(Work);
        Publish();
        var shipped = FilesOf(Program);
        var port = Ports.Free();
        using var process = Start(port);
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var error = process.StandardError.ReadToEndAsync(Stop);

        await WaitUntilReadyAsync(process, port);
        Run("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
        await process.WaitForExitAsync(Stop);

        Assert.True(process.ExitCode == 0, await output + await error);
        Assert.Equal(shipped, FilesOf(Program));
        Assert.Equal([Path.Combine(Work, "data")], Directory.EnumerateFileSystemEntries(Work));
        Assert.Contains(Path.Combine(Work, "data", "master.key"), FilesOf(Work));
        Assert.Empty(ElsewhereOfUser());
    }

    // What the tests run against, not built again.
    private void Publish()
    {
        var built = Path.GetFullPath(typeof(PublishedTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Program").Value!);
        var configuration = Directory.GetParent(Path.GetDirectoryName(built)!)!.Name;
        var project = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(built)!, "../../.."));
        Run("dotnet", "publish", project, "--no-build", "--configuration", configuration, "--output", Program, "--nologo", "--verbosity", "quiet");
        Run("chmod", "--recursive", "a-w,a+rX", Program);
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", $"{User}:{User}", Work);
        }
    }

    private Process Start(int port)
    {
        var program = new[] { "dotnet", Path.Combine(Program, "Dashboard.dll"), $"--urls=http://localhost:{port}" };
        var before = Environment.IsPrivilegedProcess
            ? new[] { "setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", "--no-new-privs" }
            : [];
        string[] command = [.. before, .. program];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = Work,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = "/nonexistent";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["SIGNET_ADMIN_PASSWORD"] = SignetProcess.Password;
        return Process.Start(start)!;
    }

    private static async Task WaitUntilReadyAsync(Process process, int port)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        for (var attempt = 0; attempt < 600 && !process.HasExited; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative), Stop);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }

        // Whoever waits for the process reads what it said.
        if (!process.HasExited)
        {
            process.Kill();
        }
    }

    private static List<string> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private string[] ElsewhereOfUser() => Environment.IsPrivilegedProcess
        ? Run("find", Path.GetTempPath(), "/var/tmp", "/dev/shm", "-uid", User.ToString(CultureInfo.InvariantCulture), "-not", "-path", Work + "*")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        : [];

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // Folders of others that go while they are looked through are no fault.
        Assert.True(process.ExitCode == 0 || program is "find", $"{program} ended with {process.ExitCode}: {output}");
        return output;
    }
}
