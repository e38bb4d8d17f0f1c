namespace Dashboard.Core.Events.Rollups;

/// <summary>Which counters answer a question.</summary>
/// <param name="Facet">The facet that tells apart what the filter names.</param>
/// <param name="Value">The value that is asked for; null where all are, and the filter decides about each.</param>
internal readonly record struct RollupRead(RollupFacet Facet, string? Value)
{
    /// <summary>For a series.</summary>
    public static RollupRead Of(RefusalFilter filter) => filter switch
    {
        { Client: null, Endpoint: null, Address: null, Subject: null } => new(RollupFacet.Total, ""),
        { Client: { } client, Endpoint: null, Address: null, Subject: null } => Of(RollupFacet.Client, client),
        { Client: null, Endpoint: { } endpoint, Address: null, Subject: null } => Of(RollupFacet.Endpoint, endpoint),
        { Client: null, Endpoint: null, Address: { } address, Subject: null } => Of(RollupFacet.Address, address),
        { Client: null, Endpoint: null, Address: null, Subject: { } subject } => Of(RollupFacet.Subject, subject),
        _ => new(RollupFacet.All, null),
    };

    /// <summary>For who had most.</summary>
    public static RollupFacet FacetOf(RefusalDimension dimension, RefusalFilter filter) =>
        filter is { Client: null, Endpoint: null, Address: null, Subject: null } ? FacetOf(dimension) : RollupFacet.All;

    /// <summary>The facet of a dimension.</summary>
    public static RollupFacet FacetOf(RefusalDimension dimension) => dimension switch
    {
        RefusalDimension.Client => RollupFacet.Client,
        RefusalDimension.Endpoint => RollupFacet.Endpoint,
        RefusalDimension.Address => RollupFacet.Address,
        RefusalDimension.Subject => RollupFacet.Subject,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "No such dimension."),
    };

    /// <summary>The value of a dimension in a <see cref="RefusalValues.Key"/>.</summary>
    public static string ValueOf(RefusalDimension dimension, string key) => key.Split(RefusalValues.Separator)[(int)dimension];

    private static RollupRead Of(RollupFacet facet, string value) => new(facet, RefusalValues.Clean(value));
}
