using System.CommandLine;

namespace Dashboard.Commands.Audit;

/// <summary><c>audit …</c>: who changed what, and whether that is still what was written.</summary>
internal static class AuditCommands
{
    private static readonly Argument<long> Number = new("number") { Description = "The entry's number." };

    private static readonly Option<string?> Checkpoint = FileSymbols.Option(
        "--checkpoint", "A checkpoint that was kept elsewhere, or a file whose last line ends with one.");

    private static readonly Option<string?> Format = new("--format")
    {
        Description = "csv, or ndjson with one JSON object a line. csv where not given, ndjson with --json.",
    };

    static AuditCommands() => Format.AcceptOnlyFromAmong("csv", "ndjson");

    public static Command Create(Verbs verbs) => Verbs.Group(
        "audit",
        "Who changed what. Reading is recorded, too.",
        verbs.Create(
            "list",
            "Lists entries, newest first.",
            (run, stop) => new AuditRun(run).ListAsync(stop),
            AuditFilters.Options.OfList),
        verbs.Create(
            "show",
            "Shows one entry, with the states before and after.",
            (run, stop) => new AuditRun(run).ShowAsync(run.Parsed.GetValue(Number), stop),
            Number),
        verbs.Create(
            "verify",
            "Walks the whole log against every checkpoint. Ends with 1 where it is broken, and names the first bad or missing entry.",
            (run, stop) => new IntegrityRun(run).VerifyAsync(run.Parsed.GetValue(Checkpoint), stop),
            Checkpoint),
        verbs.Create(
            "checkpoint",
            "Signs how far the log reaches, and prints that. Keep it elsewhere: it shows later that nothing was cut off.",
            (run, stop) => new IntegrityRun(run).TakeAsync(stop)),
        verbs.Create(
            "export",
            "Prints every entry that the filters cover, newest first.",
            (run, stop) => new AuditRun(run).ExportAsync(run.Parsed.GetValue(Format), stop),
            [.. AuditFilters.Options.Symbols, Format, VerbOptions.Reason]));
}
