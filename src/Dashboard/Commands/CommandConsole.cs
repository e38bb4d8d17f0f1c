namespace Dashboard.Commands;

/// <summary>Where a command's answer goes, what it says besides, and who can be asked.</summary>
/// <param name="Out">The answer alone: what a script reads.</param>
/// <param name="Error">Progress, warnings and faults.</param>
/// <param name="Ask">Reads a line from the person at the terminal; null where there is none.</param>
internal sealed record CommandConsole(TextWriter Out, TextWriter Error, Func<string?>? Ask)
{
    /// <summary>The console of this process.</summary>
    public static CommandConsole Real => new(Console.Out, Console.Error, Console.IsInputRedirected ? null : Console.ReadLine)
    {
        In = () => Console.In,
    };

    /// <summary>Standard input, for verbs that take <c>-</c> in place of what they read.</summary>
    public Func<TextReader> In { get; init; } = () => TextReader.Null;

    /// <summary>Asks a question that only <c>yes</c> answers. False where nobody can be asked.</summary>
    public bool Confirms(string question)
    {
        if (Ask is null)
        {
            return false;
        }

        Error.Write($"{question} Type 'yes' to go on: ");
        return string.Equals(Ask()?.Trim(), "yes", StringComparison.OrdinalIgnoreCase);
    }
}
