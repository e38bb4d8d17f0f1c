namespace Dashboard.Core.Events.Rollups;

/// <summary>What is told apart in a count, beside the code. The numbers are in the stores.</summary>
internal enum RollupFacet
{
    /// <summary>Nothing else.</summary>
    Total = 0,
    Client = 1,
    Endpoint = 2,
    Address = 3,
    Subject = 4,

    /// <summary>All of them at once, for filters that name several.</summary>
    All = 5,
}

/// <summary>One counter: the refusals of one step of time, one code and one value of a facet.</summary>
/// <param name="Grain">How wide the step is.</param>
/// <param name="Facet">What the value is.</param>
/// <param name="Value">Which one; empty for <see cref="RollupFacet.Total"/>, <see cref="RefusalValues.Key"/> for <see cref="RollupFacet.All"/>.</param>
/// <param name="At">When the step begins, in Unix milliseconds.</param>
/// <param name="Code">The stable code.</param>
internal readonly record struct RollupCell(RollupGrain Grain, RollupFacet Facet, string Value, long At, string Code);
