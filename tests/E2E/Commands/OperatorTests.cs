using System.Text.RegularExpressions;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Commands;

/// <summary>The break-glass of somebody who is locked out, typed on the server while it runs.</summary>
public sealed partial class OperatorTests(Chromium chromium)
{
    [Fact]
    public async Task A_reset_ends_open_pages_and_its_password_works_at_once()
    {
        await using var signet = await SignetProcess.StartAsync(null, StoreKinds.Sqlite);
        await using var visit = await chromium.VisitAsync(signet.Address);
        var page = await visit.Context.NewPageAsync();
        await (await Pages.SignInPage.OpenAsync(page)).SubmitAsync("admin", SignetProcess.Password);
        await page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        using var api = await signet.LoginAsync();

        var unasked = await SignetProcess.RunAsync("operators", "reset", "admin", $"--Signet:DataFolder={signet.Folder}");
        var (exitCode, output) = await SignetProcess.RunAsync(
            "operators", "reset", "admin", "--yes", "--reason", "locked out", $"--Signet:DataFolder={signet.Folder}");

        Assert.Equal(2, unasked.ExitCode);
        Assert.Equal(0, exitCode);
        Assert.Contains("WARNING", output, StringComparison.Ordinal);
        await page.WaitForURLAsync("**/login*");
        await Eventually.AsyncTrue(async () =>
        {
            using var refused = await api.GetAsync(new Uri("/dashboard/operators", UriKind.Relative));
            return (int)refused.StatusCode == 401;
        });
        await page.SignInFirstAsync("admin", Generated().Match(output).Value);
        using var again = await signet.LoginAsync("admin", People.Password);
        var verified = await again.PostJsonAsync("/dashboard/audit/verification", new { }, 200);
        Assert.True(verified.GetProperty("intact").GetBoolean());
        var entries = await again.GetJsonAsync("/dashboard/audit?action=operator.reset");
        Assert.StartsWith("cli:", entries.GetProperty("items")[0].GetProperty("who").GetString(), StringComparison.Ordinal);

        await signet.KillAsync();
        var stopped = await SignetProcess.RunAsync("operators", "list", $"--Signet:DataFolder={signet.Folder}");
        Assert.Equal(0, stopped.ExitCode);
        Assert.Contains("administrator", stopped.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?:[a-z0-9]{4}-){5}[a-z0-9]{4}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Generated();
}
