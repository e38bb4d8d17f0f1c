using Dashboard.Core.Agents;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Queries;

namespace Dashboard.Hosting.Agents;

/// <summary>The filter of the agents page and of the API as text: the same names and values in the address of both.</summary>
/// <param name="Text">The beginning of an id or name; null for any.</param>
/// <param name="IsAlive">True for those that live, false for those that fell silent; null for both.</param>
/// <param name="Type">A type of agents; null for all.</param>
public sealed record AgentQuery(string? Text = null, bool? IsAlive = null, string? Type = null)
{
    private const string TextName = "q";
    private const string StatusName = "status";
    private const string TypeName = "agent_type";
    private const int Longest = 100;

    /// <summary>The same names for the API's description.</summary>
    internal static IReadOnlyList<ApiValue> Described { get; } =
    [
        new(TextName, "The beginning of an id or name."),
        new(StatusName, "Those that live, or those that fell silent.") { Choices = ["alive", "dead"] },
        new(TypeName, "One type of agents."),
    ];

    /// <summary>Reads a filter; <paramref name="find"/> gives the text of a name, or null or nothing.</summary>
    /// <param name="find">Looks a name up.</param>
    /// <param name="faults">What is wrong with which name; what is wrong does not filter.</param>
    public static AgentQuery Read(Func<string, string?> find, out IReadOnlyList<FieldFault> faults)
    {
        var reader = new QueryReader(find, Longest);
        faults = reader.Faults;
        return new AgentQuery(
            reader.Text(TextName),
            reader.One(StatusName, text => text switch { "alive" => true, "dead" => false, _ => (bool?)null }, "must be alive or dead"),
            reader.Text(TypeName));
    }

    /// <summary>The names and texts, null where it does not filter; <see cref="Read"/> understands them.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Write() =>
    [
        new(TextName, Text),
        new(StatusName, IsAlive switch { true => "alive", false => "dead", null => null }),
        new(TypeName, Type),
    ];

    public AgentFilter ToFilter() => new() { Search = Text, IsAlive = IsAlive, Type = Type };
}
