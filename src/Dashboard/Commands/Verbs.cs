using System.CommandLine;

namespace Dashboard.Commands;

/// <summary>Makes verbs that all behave alike: each answers in JSON when asked, and what destroys asks before.</summary>
/// <param name="settings">Settings that were given beside the verb.</param>
/// <param name="console">Where it answers and asks.</param>
internal sealed class Verbs(string[] settings, CommandConsole console)
{
    /// <summary>A verb that destroys nothing.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="description">What it does, in a sentence.</param>
    /// <param name="work">What is done; its number is the exit code.</param>
    /// <param name="symbols">Its arguments and options, but for <c>--json</c>.</param>
    public Command Create(
        string name, string description, Func<CommandRun, CancellationToken, Task<int>> work, params ReadOnlySpan<Symbol> symbols)
    {
        var command = new Command(name, description);
        Add(command, symbols);
        command.Options.Add(VerbOptions.Json);
        command.SetAction((parsed, stop) =>
        {
            var run = new CommandRun(settings, console, parsed);
            return CommandFailures.GuardAsync(run, () => work(run, stop));
        });
        return command;
    }

    /// <summary>
    /// A verb that destroys: it has <c>--dry-run</c>, <c>--yes</c> and <c>--reason</c>, and its work asks by
    /// <see cref="CommandRun.Settle"/>. Where nobody can be asked, it ends before it began.
    /// </summary>
    /// <inheritdoc cref="Create"/>
    public Command CreateDestructive(
        string name, string description, Func<CommandRun, CancellationToken, Task<int>> work, params ReadOnlySpan<Symbol> symbols) =>
        CreateDestructive(name, description, _ => true, work, symbols);

    /// <summary>The same for a verb that destroys only when it is asked to.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="description">What it does, in a sentence.</param>
    /// <param name="destroys">True where what was typed destroys.</param>
    /// <param name="work">What is done; its number is the exit code.</param>
    /// <param name="symbols">Its arguments and options, but for those that every such verb has.</param>
    public Command CreateDestructive(
        string name,
        string description,
        Func<ParseResult, bool> destroys,
        Func<CommandRun, CancellationToken, Task<int>> work,
        params ReadOnlySpan<Symbol> symbols)
    {
        var command = Create(name, description, AskAsync, symbols);
        command.Options.Add(VerbOptions.Reason);
        command.Options.Add(VerbOptions.DryRun);
        command.Options.Add(VerbOptions.Yes);
        return command;

        Task<int> AskAsync(CommandRun run, CancellationToken stop)
        {
            if (console.Ask is not null || run.IsDryRun || run.Parsed.GetValue(VerbOptions.Yes) || !destroys(run.Parsed))
            {
                return work(run, stop);
            }

            return Task.FromResult(run.Refuse(
                "NOT_CONFIRMED",
                "This needs a yes, and there is no terminal to ask at: add --yes, or --dry-run to see what would happen.",
                ExitCodes.WrongUse));
        }
    }

    /// <summary>Verbs about one kind of thing.</summary>
    public static Command Group(string name, string description, params ReadOnlySpan<Command> verbs)
    {
        var group = new Command(name, description);
        foreach (var verb in verbs)
        {
            group.Subcommands.Add(verb);
        }

        return group;
    }

    private static void Add(Command command, ReadOnlySpan<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }
    }
}
