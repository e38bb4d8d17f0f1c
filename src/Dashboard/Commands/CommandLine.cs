using System.CommandLine;
using System.CommandLine.Invocation;
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

    /// <summary>Runs the verb and gives the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, CommandConsole console)
    {
        var (settings, rest) = CommandArguments.Split(arguments);
        var root = new RootCommand("Signet, a self-hosted token authority. Without a verb it serves.");
        root.Subcommands.Add(MigrateCommand.Create(settings, console));
        root.Subcommands.Add(KeyCommands.Create(settings, console));
        root.Subcommands.Add(OperatorCommands.Create(settings, console));
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
                new InvocationConfiguration { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false });
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
