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
using Dashboard.Core.Primitives;

namespace Dashboard.Commands;

/// <summary>The command line of the program. Without a verb it serves.</summary>
internal static class CommandLine
{
    private static readonly string[] Questions = ["--help", "-h", "-?", "/?", "/h", "--version"];

    /// <summary>True where the arguments ask for something else than serving.</summary>
    public static bool IsFor(string[] arguments) =>
        CommandArguments.Split(arguments).Rest is [var first, ..] && (first is not ['-' or '/', ..] || Questions.Contains(first))
        && !first.Contains('=', StringComparison.Ordinal);

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
        root.Subcommands.Add(ReferenceCommand.Create(verbs, root));
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
            foreach (var fault in parsed.Errors)
            {
                await console.Error.WriteLineAsync(fault.Message);
            }

            await console.Error.WriteLineAsync("See --help.");
            return ExitCodes.WrongUse;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false },
                cancellationToken);
        }
        catch (StartupException exception)
        {
            await console.Error.WriteLineAsync(exception.Message);
            return exception.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await console.Error.WriteLineAsync("Interrupted.");
            return ExitCodes.No;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or InvalidDataException)
        {
            await console.Error.WriteLineAsync($"{exception.Message} {exception.InnerException?.Message}".TrimEnd());
            return ExitCodes.StoreUnreachable;
        }
    }
}
