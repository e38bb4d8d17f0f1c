using System.CommandLine;
using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Audit;

namespace Dashboard.Commands.Audit;

/// <summary>Which entries: the filters of the API under the same names.</summary>
internal static class AuditFilters
{
    private static readonly Option<string?>[] Options =
    [
        new("--operator") { Description = "Who did it: a user name, cli:name, client:id, or signet." },
        new("--action") { Description = "What was done, such as keys.rotated." },
        new("--object") { Description = "What it was done to: its id." },
        new("--kind") { Description = "The kind of thing it was done to, such as key." },
        new("--q") { Description = "A part of the reason." },
        new("--from") { Description = "From when on, such as 2026-01-15T09:30:00Z." },
        new("--before") { Description = "Before when." },
    ];

    public static IEnumerable<Symbol> Symbols => Options;

    /// <summary>What was typed; what is wrong with it is among the faults.</summary>
    public static AuditFilter Read(ParseResult parsed, out IReadOnlyList<FieldFault> faults) => AuditQuery.Read(
        name => Options.FirstOrDefault(option => option.Name == "--" + name) is { } option ? parsed.GetValue(option) : null, out faults);
}
