using System.CommandLine;

namespace Dashboard.Commands.Guide;

/// <summary><c>reference</c>: the page about all verbs, so that what is written about them is what they are.</summary>
internal static class ReferenceCommand
{
    public static Command Create(Verbs verbs, RootCommand root)
    {
        var command = verbs.Create(
            "reference",
            "Prints the reference of all verbs as Markdown: docs/commands.md.",
            (run, _) =>
            {
                run.Console.Out.Write(CommandReference.Write(root));
                return Task.FromResult(ExitCodes.Done);
            });
        command.Hidden = true;
        return command;
    }
}
