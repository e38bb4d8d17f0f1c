using System.CommandLine;
using System.CommandLine.Parsing;

namespace Dashboard.Commands;

/// <summary>
/// Arguments and options that name a file. A name without a letter, such as that of a variable of the shell which is not set, is
/// refused before anything is done.
/// </summary>
internal static class FileSymbols
{
    public static Argument<string> Argument(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result => Judge(result, $"<{name}>"));
        return argument;
    }

    /// <summary>An option that names one; null where it is not given.</summary>
    public static Option<string?> Option(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result => Judge(result, name));
        return option;
    }

    private static void Judge(SymbolResult result, string name)
    {
        if (result.Tokens is [{ Value: var typed }] && string.IsNullOrWhiteSpace(typed))
        {
            result.AddError($"{name} must name a file, and what was given is empty.");
        }
    }
}
