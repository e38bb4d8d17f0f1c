using System.CommandLine;

namespace Dashboard.Commands.Events;

/// <summary><c>events …</c>: what happened.</summary>
internal static class EventCommands
{
    private static readonly Option<int> Lines = new("--lines", "-n")
    {
        Description = "How many of the newest are printed first, 0 to 200.",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<bool> Follow = new("--follow", "-f")
    {
        Description = "Go on with whatever happens, until Ctrl-C. With false it ends after the newest.",
        DefaultValueFactory = _ => true,
    };

    static EventCommands() => Lines.Validators.Add(result =>
    {
        // What is no number is refused by the option itself.
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var lines) && lines is < 0 or > EventTail.MostAtOnce)
        {
            result.AddError("--lines must be 0 to 200.");
        }
    });

    public static Command Create(Verbs verbs) => Verbs.Group(
        "events",
        "What happened: logins, tokens, refusals.",
        verbs.Create(
            "list",
            "Lists events, newest first.",
            (run, stop) => new EventRun(run).ListAsync(stop),
            EventFilters.Options.OfList),
        verbs.Create(
            "tail",
            "Prints the newest events and goes on with whatever happens. With --json every line is one JSON object.",
            (run, stop) => new EventRun(run).TailAsync(run.Parsed.GetValue(Lines), run.Parsed.GetValue(Follow), stop),
            [.. EventFilters.OfTail, Lines, Follow]));
}
