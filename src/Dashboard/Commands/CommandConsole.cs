using System.Text;
using System.Text.Json;
using Dashboard.Hosting;

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
        AskSecret = Console.IsInputRedirected ? null : ReadSecret,
        In = () => Console.In,
    };

    /// <summary>Reads a line from the person at the terminal that is not shown; null where there is none.</summary>
    public Func<string?>? AskSecret { get; init; }

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

    /// <summary>Says why nothing was done: to a person in a sentence, to a script as its answer.</summary>
    /// <param name="isJson">True where JSON was asked for.</param>
    /// <param name="code">Stable, for scripts.</param>
    /// <param name="message">What is in the way, and what to do.</param>
    public void Refuse(bool isJson, string code, string message)
    {
        if (isJson)
        {
            Out.WriteLine(JsonSerializer.Serialize(new { status = "refused", code, message }, Json.Options));
        }
        else
        {
            Error.WriteLine(message);
        }
    }

    private static string ReadSecret()
    {
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key is not ConsoleKey.Enter)
        {
            if (key.Key is ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return text.ToString();
    }
}
