using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace Dashboard.Commands.Guide;

/// <summary>Writes what the verbs say of themselves as a page of Markdown.</summary>
internal static class CommandReference
{
    private const string Introduction =
        """
        # The command line

        The same program: `dotnet run --project src/Dashboard -- <verb>`, or `signet <verb>` where it is published. Without a verb it serves. A verb works on the configured store, whether the server runs or not; a running server notices within a second. What it changes stands in the audit log as `cli:<os user>`. Settings are given as for the server: by environment variables, or as `--Storage:Kind=redis` beside the verb.

        Every verb takes `--json` and then answers with one JSON object on standard output; where it is refused, also because something was mistyped or the store does not answer, with `{"status":"refused","code":…,"message":…}`. What is said besides goes to standard error. Nothing is asked where standard input is no terminal: what destroys then needs `--yes`.

        | Exit code | Means |
        |---|---|
        | 0 | done |
        | 1 | the answer is "no": refused, not found, expired, not confirmed |
        | 2 | wrong use, or a wrong setting |
        | 3 | the store cannot be reached or used |

        """;

    /// <summary>The whole page.</summary>
    public static string Write(RootCommand root)
    {
        var page = new StringBuilder(Introduction);
        foreach (var verb in Visible(root))
        {
            page.Append('\n').Append($"## {verb.Name}\n\n{verb.Description}\n");
            if (verb.Subcommands.Count is 0 || verb.Arguments.Count > 0)
            {
                Write(page, verb, verb.Name);
            }

            foreach (var inner in Leaves(verb, verb.Name))
            {
                page.Append('\n').Append($"### {inner.Path}\n\n{inner.Verb.Description}\n");
                Write(page, inner.Verb, inner.Path);
            }
        }

        return page.ToString();
    }

    private static IEnumerable<Command> Visible(Command command) => command.Subcommands.Where(inner => !inner.Hidden);

    private static IEnumerable<(Command Verb, string Path)> Leaves(Command command, string path) => Visible(command).SelectMany(inner =>
        inner.Subcommands.Count is 0
            ? [(inner, $"{path} {inner.Name}")]
            : Leaves(inner, $"{path} {inner.Name}"));

    private static void Write(StringBuilder page, Command verb, string path)
    {
        var arguments = verb.Arguments.Where(argument => !argument.Hidden).ToList();
        page.Append($"\n```\n{ProgramHelp.Program} {path}{string.Concat(arguments.Select(argument => $" {UsageOf(argument)}"))} [options]\n```\n");
        List<(string Name, string? Description)> rows =
        [
            .. arguments.Select(argument => ($"<{argument.Name}>", argument.Description)),
            .. verb.Options.Where(option => option is { Hidden: false } and not HelpOption).Select(option => (NameOf(option), DescriptionOf(option))),
        ];
        if (rows is not [])
        {
            page.Append("\n| | |\n|---|---|\n");
        }

        foreach (var (name, description) in rows)
        {
            page.Append($"| `{name}` | {description?.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
    }

    private static string UsageOf(Argument argument) => argument.Arity.MinimumNumberOfValues is 0 ? $"[{argument.Name}]" : $"<{argument.Name}>";

    private static string NameOf(Option option) => string.Join(", ", option.Aliases.Prepend(option.Name))
        + (option.ValueType == typeof(bool) ? "" : $" <{(option.HelpName ?? option.Name.TrimStart('-'))}>");

    private static string DescriptionOf(Option option) => option.Required ? $"{option.Description} Required." : option.Description ?? "";
}
