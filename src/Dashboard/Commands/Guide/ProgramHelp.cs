using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Dashboard.Commands.Guide;

/// <summary>The help of every verb, which calls the program as it is called where it is published, whatever file it was started from.</summary>
internal sealed class ProgramHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>How the program is called.</summary>
    public const string Program = "signet";

    /// <summary>Whoever asks for help is told nothing of what is missing.</summary>
    public override bool ClearsParseErrors => help.ClearsParseErrors;

    /// <summary>Puts it in the place of the help that the root has by itself.</summary>
    public static void Give(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new ProgramHelp((HelpAction)option.Action!);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter();
        configuration.Output = text;
        var exitCode = help.Invoke(parseResult);
        configuration.Output = output;
        output.Write(text.ToString().Replace($"  {RootCommand.ExecutableName} ", $"  {Program} ", StringComparison.Ordinal));
        return exitCode;
    }
}
