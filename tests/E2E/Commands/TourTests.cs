using System.Diagnostics;
using System.Text.RegularExpressions;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Commands;

/// <summary>What the README says to paste into a shell, pasted into a shell.</summary>
public sealed partial class TourTests
{
    private const string Told = "dotnet run --no-build --project src/Dashboard --";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tour_of_the_readme_works_line_by_line_beside_a_server()
    {
        await using var signet = await SignetProcess.StartAsync(null, StoreKinds.Sqlite);
        var readme = await File.ReadAllTextAsync(Path.Combine(SignetProcess.Repository, "README.md"), Stop);
        var tour = Tour().Match(readme).Groups["lines"].Value;
        Assert.Contains(Told, tour, StringComparison.Ordinal);

        var (output, error) = await PasteAsync(
            tour.Replace(Told, $"dotnet '{SignetProcess.Program}'", StringComparison.Ordinal), signet.Folder);

        Assert.Equal("", Faults().Match(error).Value);
        Assert.Contains("Nothing was verified", output, StringComparison.Ordinal);
        Assert.Contains("It grants read.", output, StringComparison.Ordinal);
        Assert.Matches(@"minted +live +svc:invoices", output);
        Assert.Contains("Refused: TOKEN_REVOKED", output, StringComparison.Ordinal);
        Assert.Matches(@"Tokens: +\d+ live, \d+ expired, 1 revoked", output);
        Assert.Contains("Every byte is what was written, and the keys in it open.", output, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.", output.TrimEnd(), StringComparison.Ordinal);
    }

    // As a person pastes it: one line after the other, each whatever became of the one before.
    private static async Task<(string Output, string Error)> PasteAsync(string lines, string folder)
    {
        var start = new ProcessStartInfo("bash")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory.CreateTempSubdirectory("signet-tour-").FullName,
        };
        start.Environment["Signet__DataFolder"] = folder;
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync(Stop);
        var error = shell.StandardError.ReadToEndAsync(Stop);
        await shell.StandardInput.WriteAsync(lines.AsMemory(), Stop);
        shell.StandardInput.Close();
        await shell.WaitForExitAsync(Stop);
        Directory.Delete(start.WorkingDirectory, recursive: true);
        return (await output, await error);
    }

    [GeneratedRegex(@"## From the command line\n.*?```sh\n(?<lines>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tour();

    [GeneratedRegex(@"(?:command not found|Unrecognized|Required|syntax error|   at ).*", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Faults();
}
