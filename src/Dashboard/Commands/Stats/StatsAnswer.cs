using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Core.Storage.Status;
using Dashboard.Hosting;
using Dashboard.Hosting.Stats;

namespace Dashboard.Commands.Stats;

/// <summary>The sum of everything: what <c>GET /dashboard/stats</c> says, and more.</summary>
internal static class StatsAnswer
{
    public static int Of(CommandRun run, StatsJson stats, StatsTotals totals)
    {
        // How a command's own queue is says nothing of the server's.
        var shown = stats with { Health = [.. stats.Health.Where(part => part.Name is not HealthReader.EventQueue)] };
        return run.Answer(Merge(shown, totals), writer => Write(writer, shown, totals));
    }

    private static JsonObject Merge(StatsJson stats, StatsTotals totals)
    {
        var merged = JsonSerializer.SerializeToNode(stats, Json.Options)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(totals, Json.Options)!.AsObject())
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    private static void Write(TextWriter writer, StatsJson stats, StatsTotals totals)
    {
        var facts = new CommandFacts();
        facts.Add("Tokens", CountsOf(totals.Tokens));
        facts.Add("Live by kind", CountsOf(totals.LiveTokensByKind));
        facts.Add("Last 24 hours", $"{CountOf(stats.Issued)} issued, {CountOf(stats.Revoked)} revoked, {CountOf(stats.Refused)} requests refused");
        facts.Add("Last hour", $"{CommandText.Number(totals.RefusedLastHour)} requests refused");
        facts.Add("Refused", string.Join(", ", stats.RefusedByCode.Select(RefusalOf)));
        facts.Add("Clients", CountsOf(totals.Clients));
        facts.Add("Keys", string.Join(", ", totals.Keys.Select(state => $"{CommandText.Number(state.Value)} {state.Key}")));
        facts.Add("Open alerts", CommandText.Number(totals.OpenAlerts));
        facts.Add(
            "Store",
            $"{totals.Store.Kind} {totals.Store.Place}, format {totals.Store.Format}"
            + (totals.Store.Bytes is { } bytes ? $", {ByteText.Of(bytes)}" : ""));
        facts.Add("Last purge", totals.LastPurge is { } purge ? CommandText.Time(purge.At) : "never");
        foreach (var part in stats.Health.Where(part => part.Status is not "ok"))
        {
            facts.Add($"Health, {part.Name}", $"{part.Status}: {part.Detail}");
        }

        facts.Write(writer);
    }

    private static string CountsOf(IReadOnlyDictionary<string, CountJson> counts) =>
        string.Join(", ", counts.Select(count => $"{CountOf(count.Value)} {count.Key}"));

    private static string CountOf(CountJson count) => CommandText.Number(count.Count) + (count.IsCapped ? "+" : "");

    private static string RefusalOf(RefusedJson refused) =>
        $"{CommandText.Number(refused.Count)} {refused.Code}{(refused.IsUnusual ? " (unusually many)" : "")}";
}
