using System.Diagnostics;
using Microsoft.Playwright;

namespace Dashboard.Benchmarks.Pages;

/// <summary>Claim to defend: rows are visible under 300 ms after the click, with a million tokens in the ledger.</summary>
internal static class TokensPageTimes
{
    private const int Runs = 11;

    public static async Task RunAsync(Uri address, string password)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("SIGNET_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(address, "/login").ToString());
        await page.GetByLabel("User name").FillAsync("admin");
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();

        Console.WriteLine($"{"tokens page",-22} {"median",10} {"worst",10}");
        await MeasureAsync(page, "first page", () => OpenAsync(page, "Overview", "/"), () => page.ClickAsync("nav a[href='/tokens'], nav a[href='tokens']"));
        await MeasureAsync(page, "next page", () => OpenAsync(page, "Tokens", "/tokens"), () => NextAsync(page));
        await MeasureAsync(
            page,
            "filter by subject",
            () => OpenAsync(page, "Tokens", "/tokens"),
            () => page.EvaluateAsync("Blazor.navigateTo('/tokens?subject=user-42')"));
    }

    private static async Task MeasureAsync(IPage page, string name, Func<Task> prepare, Func<Task> act)
    {
        List<double> times = [];
        for (var run = 0; run < Runs; run++)
        {
            await prepare();
            var before = await page.Locator("table tbody").AllInnerTextsAsync();
            var begin = Stopwatch.GetTimestamp();
            await act();
            await page.WaitForFunctionAsync(
                "before => { const body = document.querySelector('table tbody'); return body && body.rows.length >= 10 && body.innerText !== before; }",
                string.Concat(before),
                new PageWaitForFunctionOptions { PollingInterval = 5 });
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"{name,-22} {times[Runs / 2],7:F0} ms {times[^1],7:F0} ms");
    }

    private static Task NextAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Next" }).ClickAsync();

    private static async Task OpenAsync(IPage page, string heading, string path)
    {
        await page.EvaluateAsync($"Blazor.navigateTo('{path}')");
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = heading, Exact = true }).WaitForAsync();
        if (path != "/")
        {
            await page.WaitForFunctionAsync("() => document.querySelectorAll('table tbody tr').length >= 10");
        }
    }
}
