using System.CommandLine;

namespace Dashboard.Commands;

/// <summary>Options that mean the same at every verb.</summary>
internal static class VerbOptions
{
    public static readonly Option<bool> Json = new("--json") { Description = "Answer with one JSON object." };

    public static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask before." };

    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would happen, and change nothing." };

    public static readonly Option<string?> Reason = new("--reason") { Description = "Why, for the audit log." };

    /// <summary>How many rows a list gives at most.</summary>
    public static readonly Option<int> Limit = new("--limit")
    {
        Description = "How many at most, 1 to 1000.",
        DefaultValueFactory = _ => 50,
    };

    /// <summary>Where a list goes on.</summary>
    public static readonly Option<string?> Cursor = new("--cursor")
    {
        Description = "Go on where an earlier list ended: its next cursor.",
    };

    static VerbOptions() => Limit.Validators.Add(result =>
    {
        // What is no number is refused by the option itself.
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var limit) && limit is < 1 or > 1_000)
        {
            result.AddError("--limit must be 1 to 1000.");
        }
    });
}
