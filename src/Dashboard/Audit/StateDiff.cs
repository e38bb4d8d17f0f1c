using System.Text.Json;

namespace Dashboard.Audit;

/// <summary>What became of one member of a state.</summary>
internal enum StateChange
{
    Same,
    Added,
    Removed,
    Changed,
}

/// <summary>One member of the states before and after.</summary>
/// <param name="Name">Its name; those inside others have dots in theirs.</param>
/// <param name="Before">Its text before; null where it was not there.</param>
/// <param name="After">Its text after; null where it is not there.</param>
internal sealed record StateMember(string Name, string? Before, string? After)
{
    public StateChange Change => (Before, After) switch
    {
        (null, _) => StateChange.Added,
        (_, null) => StateChange.Removed,
        var (before, after) when before == after => StateChange.Same,
        _ => StateChange.Changed,
    };
}

/// <summary>Sets the states of an entry side by side, member by member.</summary>
internal static class StateDiff
{
    // What is no object has no members: it stands under this name as it is.
    private const string Whole = "(state)";

    /// <summary>Every member, in the order of the state after, with those that are gone behind.</summary>
    public static IReadOnlyList<StateMember> Of(string? before, string? after)
    {
        var (old, now) = (Read(before), Read(after));
        return
        [
            .. now.Select(member => new StateMember(member.Key, old.GetValueOrDefault(member.Key), member.Value)),
            .. old.Where(member => !now.ContainsKey(member.Key)).Select(member => new StateMember(member.Key, member.Value, null)),
        ];
    }

    private static OrderedDictionary<string, string> Read(string? json)
    {
        OrderedDictionary<string, string> members = new(StringComparer.Ordinal);
        if (json is null)
        {
            return members;
        }

        try
        {
            using var state = JsonDocument.Parse(json);
            Add(members, "", state.RootElement);
        }
        catch (JsonException)
        {
            members[Whole] = json;
        }

        return members;
    }

    private static void Add(OrderedDictionary<string, string> members, string name, JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Object && (name is "" || element.EnumerateObject().Any()))
        {
            foreach (var member in element.EnumerateObject())
            {
                Add(members, name is "" ? member.Name : $"{name}.{member.Name}", member.Value);
            }

            return;
        }

        members[name is "" ? Whole : name] = element.ValueKind is JsonValueKind.String ? element.GetString()! : element.GetRawText();
    }
}
