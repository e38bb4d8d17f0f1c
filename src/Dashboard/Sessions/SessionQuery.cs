using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;

namespace Dashboard.Sessions;

/// <summary>The filter of the sessions page and of the API as text: the same names and values in the address of both.</summary>
/// <param name="Operator">A user name; null for everybody.</param>
/// <param name="State">Open or ended ones; null for both.</param>
/// <param name="Kind">Those of browsers or of the API; null for both.</param>
/// <param name="Text">The beginning of a user name, address or session name; null for any.</param>
public sealed record SessionQuery(
    string? Operator = null, SessionState? State = null, SessionKind? Kind = null, string? Text = null)
{
    private const string OperatorName = "operator";
    private const string StateName = "state";
    private const string KindName = "kind";
    private const string TextName = "q";

    /// <summary>The same names for the API's description.</summary>
    internal static IReadOnlyList<ApiValue> Described { get; } =
    [
        new(OperatorName, "The user name of whose sessions."),
        new(StateName, "Open or ended ones.") { Choices = [.. Enum.GetValues<SessionState>().Select(SessionWords.NameOf)] },
        new(KindName, "Those of browsers or of the API.") { Choices = [.. Enum.GetValues<SessionKind>().Select(SessionKinds.NameOf)] },
        new(TextName, "The beginning of a user name, address or session name."),
    ];

    // No id is this short.
    private const string Nobody = "-";

    /// <summary>Reads a filter; <paramref name="find"/> gives the text of a name, or null.</summary>
    /// <param name="find">Looks a name up.</param>
    /// <param name="faults">What is wrong with which name; what is wrong does not filter.</param>
    public static SessionQuery Read(Func<string, string?> find, out IReadOnlyList<FieldFault> faults)
    {
        List<FieldFault> found = [];
        faults = found;
        return new SessionQuery(
            Value(OperatorName),
            Choice<SessionState>(StateName, "must be open or ended"),
            Choice<SessionKind>(KindName, "must be browser or api"),
            Value(TextName));

        string? Value(string name)
        {
            var text = find(name) is { Length: > 0 } given ? given : null;
            if (text?.Length > SessionFilter.LongestText)
            {
                found.Add(new FieldFault(name, $"must be at most {SessionFilter.LongestText} characters"));
                return null;
            }

            return text;
        }

        T? Choice<T>(string name, string fault)
            where T : struct, Enum
        {
            if (Value(name) is not { } text)
            {
                return null;
            }

            if (text.All(char.IsAsciiLetter) && Enum.TryParse<T>(text, true, out var value))
            {
                return value;
            }

            found.Add(new FieldFault(name, fault));
            return null;
        }
    }

    /// <summary>The names and texts, null where it does not filter; <see cref="Read"/> understands them.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Write() =>
    [
        new(OperatorName, Operator),
        new(StateName, State is { } state ? SessionWords.NameOf(state) : null),
        new(KindName, Kind is { } kind ? SessionKinds.NameOf(kind) : null),
        new(TextName, Text),
    ];

    /// <summary>The same for the core. Whoever does not exist has no sessions.</summary>
    public SessionFilter ToFilter(OperatorDirectory operators) => new()
    {
        OperatorId = Operator is null ? null : operators.FindByName(Operator)?.Id ?? Nobody,
        State = State,
        Kind = Kind,
        Text = Text,
    };
}
