using System.CommandLine;
using Dashboard.Core.Primitives;

namespace Dashboard.Commands;

/// <summary>The options of a list's filter: named and read as the members of the API's query are, with dashes.</summary>
internal sealed class FilterOptions(params Option[] options)
{
    private readonly Dictionary<string, Option> _byName =
        options.ToDictionary(option => option.Name[2..].Replace('-', '_'), StringComparer.Ordinal);

    public IEnumerable<Symbol> Symbols => options;

    /// <summary>What a verb that lists takes: the filter, how many, and where to go on.</summary>
    public Symbol[] OfList => [.. options, VerbOptions.Limit, VerbOptions.Cursor];

    /// <summary>An option with a text.</summary>
    /// <param name="name">The name in the query.</param>
    /// <param name="description">What it lists.</param>
    public static Option Text(string name, string description) => new Option<string?>(NameOf(name)) { Description = description };

    /// <summary>An option with one of several texts.</summary>
    /// <param name="name">The name in the query.</param>
    /// <param name="description">What it lists.</param>
    /// <param name="choices">The texts.</param>
    public static Option Choice(string name, string description, params string[] choices)
    {
        var option = new Option<string?>(NameOf(name)) { Description = description };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }

    /// <summary>An option that says by itself that it is so.</summary>
    /// <inheritdoc cref="Text"/>
    public static Option Flag(string name, string description) => new Option<bool>(NameOf(name)) { Description = description };

    /// <summary>What was typed for a name of the query; null for nothing.</summary>
    public string? Find(ParseResult parsed, string name) => parsed.GetResult(_byName[name]) switch
    {
        null or { Implicit: true } => null,
        { Tokens: [var token, ..] } => token.Value,
        _ => bool.TrueString,
    };

    /// <summary>Says what is wrong with the filter. Gives the exit code.</summary>
    public static int Refuse(CommandRun run, IEnumerable<FieldFault> faults) =>
        run.RefuseInvalid([.. faults.Select(fault => fault with { Field = NameOf(fault.Field) })]);

    private static string NameOf(string name) => "--" + name.Replace('_', '-');
}
