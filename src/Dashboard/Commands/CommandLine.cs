using System.CommandLine;
using System.CommandLine.Invocation;
using Dashboard.Commands.Agents;
using Dashboard.Commands.Audit;
using Dashboard.Commands.Backups;
using Dashboard.Commands.Clients;
using Dashboard.Commands.Deployment;
using Dashboard.Commands.Events;
using Dashboard.Commands.Gateway;
using Dashboard.Commands.Guide;
using Dashboard.Commands.Keys;
using Dashboard.Commands.Migration;
using Dashboard.Commands.Operators;
using Dashboard.Commands.Stats;
using Dashboard.Commands.TokenTools;
using Dashboard.Commands.Tokens;

namespace Dashboard.Commands;

/// <summary>The command line of the program. Without a verb it serves.</summary>
internal static class CommandLine
{
    private const string WrongUse = "WRONG_USE";

    private static readonly string[] Questions = ["-h", "-?", "/?", "/h"];

    /// <summary>
    /// True where the arguments ask for something else than serving. An option in front of the verb does: it is refused, not served.
    /// </summary>
    public static bool IsFor(string[] arguments)
    {
        var rest = CommandArguments.Split(arguments).Rest;
        return rest is [var first, ..] && (IsNoSetting(first) || NameVerb(rest));

        static bool IsNoSetting(string argument) => !argument.Contains('=', StringComparison.Ordinal)
            && (argument is (not ['-' or '/', ..]) or ['-', '-', ..] || Questions.Contains(argument));

        static bool NameVerb(string[] arguments) =>
            CreateRoot([], CommandConsole.Real).Subcommands.Any(verb => arguments.Contains(verb.Name));
    }

    /// <summary>Every verb: one line a group.</summary>
    public static RootCommand CreateRoot(string[] settings, CommandConsole console)
    {
        var verbs = new Verbs(settings, console);
        var root = new RootCommand("Signet, a self-hosted token authority. Without a verb it serves.");
        root.Subcommands.Add(SecretCommands.Create(verbs));
        root.Subcommands.Add(KeyCommands.Create(verbs));
        root.Subcommands.Add(TokenToolCommands.Create(verbs));
        root.Subcommands.Add(TokenCommands.Create(verbs));
        root.Subcommands.Add(ClientCommands.Create(verbs));
        root.Subcommands.Add(AgentCommands.Create(verbs));
        root.Subcommands.Add(OperatorCommands.Create(verbs));
        foreach (var verb in BackupCommands.Create(verbs))
        {
            root.Subcommands.Add(verb);
        }

        root.Subcommands.Add(EventCommands.Create(verbs));
        root.Subcommands.Add(AuditCommands.Create(verbs));
        root.Subcommands.Add(StatsCommand.Create(verbs));
        root.Subcommands.Add(MigrateCommand.Create(verbs));
        root.Subcommands.Add(ImportCommands.Create(verbs));
        root.Subcommands.Add(ExportCommands.Create(verbs));
        root.Subcommands.Add(ConfigCommands.Create(verbs));
        root.Subcommands.Add(HealthCommand.Create(verbs));
        root.Subcommands.Add(CompletionCommand.Create(verbs));
        root.Subcommands.Add(ReferenceCommand.Create(console, root));
        ProgramHelp.Give(root);
        return root;
    }

    /// <summary>Runs the verb and gives the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, CommandConsole console, CancellationToken cancellationToken = default)
    {
        var (settings, rest) = CommandArguments.Split(arguments);
        var root = CreateRoot(settings, console);
        var parsed = root.Parse(rest);
        if (parsed.Action is ParseErrorAction)
        {
            var isJson = rest.Contains(VerbOptions.Json.Name);
            string[] faults = [.. parsed.Errors.Select(fault => fault.Message), "See --help."];
            console.Refuse(isJson, WrongUse, string.Join(isJson ? " " : Environment.NewLine, faults));
            return ExitCodes.WrongUse;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false },
            cancellationToken);
    }
}
