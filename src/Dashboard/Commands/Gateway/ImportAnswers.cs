using Dashboard.Core.Gateway;
using Dashboard.Core.Keys.Making;

namespace Dashboard.Commands.Gateway;

/// <summary>The answers of <c>import gateway</c>.</summary>
internal static class ImportAnswers
{
    // Of each reason a person is shown so many; a script is given all.
    private const int MostShown = 10;

    public static string ConsequenceOf(GatewayReport report) =>
        $"{Numbers(report)} of {report.Issuer} are taken over" + (report.IsKeyNew ? ", with its key" : "")
        + ". They are listed, validated, revoked and expire here from then on. The gateway is not changed.";

    public static int Planned(CommandRun run, GatewayReport report) => run.Answer(
        Facts("planned", report),
        writer =>
        {
            WriteReport(writer, report);
            writer.WriteLine(report.ChangesNothing ? "All that could come along is here already." : "Nothing was changed.");
        });

    public static int Done(CommandRun run, GatewayReport report) => run.Answer(
        Facts("done", report),
        writer =>
        {
            WriteReport(writer, report);
            writer.WriteLine(report.ChangesNothing
                ? "All that could come along was here already. Nothing was changed."
                : $"{Numbers(report)} were taken over. Next: point the proxies at /verify here, and the addresses of the gateway at Signet (docs/gateway.md).");
        });

    public static int Invalid(CommandRun run, GatewayOutcome.Invalid invalid) => run.Refuse(
        "INVALID",
        string.Join(' ', invalid.Faults.Select(fault =>
            $"The {(fault.Field is KeyReader.Field ? "key" : fault.Field)} {fault.Message}.")),
        ExitCodes.WrongUse);

    private static object Facts(string status, GatewayReport report) => new
    {
        status,
        report.Issuer,
        report.TakenAt,
        report.KeyId,
        report.IsKeyNew,
        report.ChangesNothing,
        report.Counts,
        report.LeftOut,
        report.Changed,
    };

    private static string Numbers(GatewayReport report) => string.Join(", ", report.Counts
        .Where(count => count.Why is null)
        .Select(count => $"{CommandText.Number(count.TakenOver)} {NameOf(count.Sort)}"));

    private static void WriteReport(TextWriter writer, GatewayReport report)
    {
        writer.WriteLine(report.KeyId is { } key
            ? $"Issuer {CommandText.Plain(report.Issuer)}, key {key}{(report.IsKeyNew ? " (new here)" : "")}"
            : $"Issuer {CommandText.Plain(report.Issuer)}, without its key");
        var table = new CommandTable("", "Found", "Taken over", "Here already", "Left out");
        foreach (var count in report.Counts)
        {
            table.Add(
                NameOf(count.Sort),
                CommandText.Number(count.Found),
                CommandText.Number(count.TakenOver),
                CommandText.Number(count.Known),
                CommandText.Number(count.LeftOut));
        }

        table.Write(writer);
        foreach (var count in report.Counts.Where(count => count is { Why: not null, LeftOut: > 0 }))
        {
            writer.WriteLine($"Left out, {NameOf(count.Sort)}: {count.Why}");
        }

        Write(writer, "Left out", report.LeftOut);
        Write(writer, "Different here", report.Changed);
    }

    private static void Write(TextWriter writer, string what, IReadOnlyList<GatewayItem> items)
    {
        foreach (var same in items.GroupBy(item => (item.Sort, item.Text)))
        {
            writer.WriteLine($"{what}, {NameOf(same.Key.Sort)}: {CommandText.Plain(same.Key.Text)} ({CommandText.Number(same.Count())})");
            foreach (var item in same.Take(MostShown))
            {
                writer.WriteLine($"  {CommandText.Plain(item.Id)}");
            }

            if (same.Count() > MostShown)
            {
                writer.WriteLine($"  and {CommandText.Number(same.Count() - MostShown)} more; --json lists all");
            }
        }
    }

    private static string NameOf(string sort) => sort switch
    {
        GatewaySorts.Registrations => "clients",
        GatewaySorts.Tokens => "access tokens",
        GatewaySorts.RefreshTokens => "refresh tokens",
        GatewaySorts.UserTokens => "lists of tokens",
        GatewaySorts.States => "authorizations",
        GatewaySorts.Codes => "codes",
        _ => "MCP sessions",
    };
}
