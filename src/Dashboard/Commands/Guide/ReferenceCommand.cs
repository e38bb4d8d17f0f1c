using System.CommandLine;

namespace Dashboard.Commands.Guide;

/// <summary><c>reference</c>: the page about all verbs, so that what is written about them is what they are. It answers in Markdown alone.</summary>
internal static class ReferenceCommand
{
    public static Command Create(CommandConsole console, RootCommand root)
    {
        var command = new Command("reference", "Prints the reference of all verbs as Markdown: docs/commands.md.") { Hidden = true };
        command.SetAction(_ =>
        {
            console.Out.Write(CommandReference.Write(root));
            return ExitCodes.Done;
        });
        return command;
    }
}
