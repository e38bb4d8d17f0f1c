namespace Dashboard.Settings;

/// <summary>This node and its store.</summary>
/// <param name="Node">This node's name, made anew with each start.</param>
/// <param name="StartedAt">Since when it runs.</param>
/// <param name="IsLeader">True where this node leads.</param>
/// <param name="Leader">Who leads; absent where nobody does.</param>
/// <param name="Nodes">How many nodes hear of changes; absent where the store serves one alone.</param>
/// <param name="Facts">More about this node.</param>
/// <param name="Store">The store.</param>
internal sealed record NodesJson(
    string Node,
    DateTimeOffset StartedAt,
    bool IsLeader,
    LeaderJson? Leader,
    long? Nodes,
    IReadOnlyDictionary<string, string> Facts,
    StoreJson Store)
{
    public static NodesJson Of(NodeReport report)
    {
        var (store, node, leader) = report.Deployment;
        return new NodesJson(
            node,
            report.StartedAt,
            report.Deployment.IsLeader,
            leader is null ? null : new LeaderJson(leader.Node, leader.Term, leader.Until),
            store.Nodes,
            report.Facts.DistinctBy(fact => fact.Name, StringComparer.Ordinal)
                .ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal),
            new StoreJson(
                store.Kind,
                store.Place,
                store.Format,
                store.NewestFormat,
                store.Bytes,
                [.. store.Facts.Select(fact => new StoreFactJson(fact.Name, fact.Label, fact.Value))]));
    }
}

/// <summary>Which node leads.</summary>
internal sealed record LeaderJson(string Node, long Term, DateTimeOffset Until);

/// <summary>The store as it is.</summary>
/// <param name="Kind">As the settings name it.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Format">The number of its format.</param>
/// <param name="NewestFormat">The one that this program writes.</param>
/// <param name="Bytes">How large it is; absent where it does not say.</param>
/// <param name="Facts">More about it; a server of several has each once.</param>
internal sealed record StoreJson(string Kind, string Place, int Format, int NewestFormat, long? Bytes, IReadOnlyList<StoreFactJson> Facts);

/// <summary>One thing about a store.</summary>
internal sealed record StoreFactJson(string Name, string Label, string Value);
