using System.CommandLine;
using Dashboard.Hosting.Stats;

namespace Dashboard.Commands.Stats;

/// <summary><c>stats</c>: how much there is, what fails, and whether anybody should look.</summary>
internal static class StatsCommand
{
    public static Command Create(Verbs verbs) => verbs.Create(
        "stats",
        "Sums up tokens, clients, keys, refusals, alerts and the store.",
        (run, stop) => run.WithCoreAsync(
            async services =>
            {
                var stats = await services.GetRequiredService<StatsReader>().ReadAsync(stop);
                return StatsAnswer.Of(run, stats, await StatsTotals.ReadAsync(services, stop));
            },
            stop));
}
