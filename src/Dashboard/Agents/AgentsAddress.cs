using Dashboard.Controls;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Hosting.Agents;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Agents;

/// <summary>What the agents page's address says: which tab, the filter, and which page of it.</summary>
/// <param name="Query">What is listed.</param>
/// <param name="Position">Which page of it.</param>
/// <param name="ShowsKeys">True for the keys.</param>
internal sealed record AgentsAddress(AgentQuery Query, ListPosition Position, bool ShowsKeys)
{
    public const string Path = "/agents";

    /// <summary>The tab of the keys. Not a path: an agent may be called anything.</summary>
    public const string Keys = Path + "?tab=keys";

    /// <summary>The page without a filter.</summary>
    public static readonly AgentsAddress Everything = new(new AgentQuery(), ListPosition.First, false);

    public static AgentsAddress Read(string uri, out IReadOnlyList<FieldFault> faults)
    {
        var values = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var query = AgentQuery.Read(name => values.TryGetValue(name, out var value) ? value.ToString() : null, out faults);
        return new AgentsAddress(query, ListPosition.Read(values), values.TryGetValue("tab", out var tab) && tab == "keys");
    }

    /// <summary>The first page of a filter.</summary>
    public static string Of(AgentQuery query) => QueryHelpers.AddQueryString(Path, query.Write());

    public static string OfAgent(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    /// <summary>Every token of an agent.</summary>
    public static string OfTokens(string id) => QueryHelpers.AddQueryString("/tokens", "subject", Subjects.OfAgent(id));

    public override string ToString() => ShowsKeys ? Keys : Position.AddTo(Of(Query));
}
