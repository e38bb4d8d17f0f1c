using BenchmarkDotNet.Running;
using Dashboard.Benchmarks.Events;
using Dashboard.Benchmarks.Ledger;
using Dashboard.Benchmarks.Live;
using Dashboard.Benchmarks.Logins;
using Dashboard.Benchmarks.Pages;

// seed PLACE ROWS         fills a ledger; PLACE is a folder, or redis://host:port
// ledger PLACE            times the lists of a seeded ledger
// seed-events PLACE ROWS  fills a store with refusals
// events PLACE            times failures, lists and charts of a seeded store
// news PLACE              times how soon one node enforces what another did; PLACE is redis://host:port
// logins [PLACE]          times good requests beside ten thousand bad logins; PLACE is redis://host:port
// pages ADDRESS PASSWORD  times the tokens page of a running Signet in a browser, as admin
// anything else           goes to BenchmarkDotNet
switch (args)
{
    case ["seed", var place, var rows]:
        await LedgerSeeder.RunAsync(place, int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["ledger", var place]:
        await LedgerTimes.RunAsync(place);
        break;
    case ["seed-events", var place, var rows]:
        await EventSeeder.RunAsync(place, int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["events", var place]:
        await EventTimes.RunAsync(place);
        break;
    case ["news", var place]:
        await NewsTimes.RunAsync(place);
        break;
    case ["logins"]:
        await LoginTimes.RunAsync(null);
        break;
    case ["logins", var place]:
        await LoginTimes.RunAsync(place);
        break;
    case ["pages", var address, var password]:
        await TokensPageTimes.RunAsync(new Uri(address), password);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(LedgerSeeder).Assembly).Run(args);
        break;
}
