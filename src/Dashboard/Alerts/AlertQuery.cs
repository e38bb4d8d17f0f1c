using Dashboard.Core.Alerts;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;

namespace Dashboard.Alerts;

/// <summary>The filter of the alerts page and of the API as text: the same names and values in the address of both.</summary>
/// <param name="State">How far they are; null for all.</param>
/// <param name="Kind">One kind; null for all.</param>
public sealed record AlertQuery(AlertState? State = null, string? Kind = null)
{
    private const string StateName = "state";
    private const string KindName = "kind";

    /// <summary>The same names for the API's description.</summary>
    internal static IReadOnlyList<ApiValue> Described { get; } =
    [
        new(StateName, "How far they are.") { Choices = ["open", "acknowledged", "resolved"] },
        new(KindName, $"One kind: {string.Join(", ", AlertKinds.Fixed)}, or {AlertKinds.RulePrefix} and the id of a rule."),
    ];

    /// <summary>Reads a filter; <paramref name="find"/> gives the text of a name, or null or nothing.</summary>
    /// <param name="find">Looks a name up.</param>
    /// <param name="faults">What is wrong with which name; what is wrong does not filter.</param>
    public static AlertQuery Read(Func<string, string?> find, out IReadOnlyList<FieldFault> faults)
    {
        List<FieldFault> found = [];
        faults = found;
        return new AlertQuery(State(), Kind());

        AlertState? State()
        {
            AlertState? state = find(StateName) switch
            {
                "open" => AlertState.Open,
                "acknowledged" => AlertState.Acknowledged,
                "resolved" => AlertState.Resolved,
                _ => null,
            };
            if (state is null && find(StateName) is { Length: > 0 })
            {
                found.Add(new FieldFault(StateName, "must be open, acknowledged or resolved"));
            }

            return state;
        }

        string? Kind()
        {
            var kind = find(KindName) is { Length: > 0 } given ? given : null;
            if (kind is null || AlertKinds.IsKnown(kind))
            {
                return kind;
            }

            found.Add(new FieldFault(KindName, "is not a kind of alerts"));
            return null;
        }
    }

    /// <summary>The names and texts, null where it does not filter; <see cref="Read"/> understands them.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Write() =>
    [
        new(StateName, State?.ToString().ToLowerInvariant()),
        new(KindName, Kind),
    ];

    public AlertFilter ToFilter() => new(State, Kind);
}
