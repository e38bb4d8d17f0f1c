using BenchmarkDotNet.Running;
using Dashboard.Benchmarks.Ledger;
using Dashboard.Benchmarks.Pages;

// seed FOLDER ROWS        fills a ledger
// ledger FOLDER           times the lists of a seeded ledger
// pages ADDRESS PASSWORD  times the tokens page of a running Signet in a browser, as admin
// anything else           goes to BenchmarkDotNet
switch (args)
{
    case ["seed", var folder, var rows]:
        await LedgerSeeder.RunAsync(folder, int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["ledger", var folder]:
        await LedgerTimes.RunAsync(folder);
        break;
    case ["pages", var address, var password]:
        await TokensPageTimes.RunAsync(new Uri(address), password);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(LedgerSeeder).Assembly).Run(args);
        break;
}
