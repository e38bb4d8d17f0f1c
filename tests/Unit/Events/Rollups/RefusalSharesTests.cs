using Dashboard.Core.Events.Rollups;

namespace Dashboard.Tests.Unit.Events.Rollups;

/// <summary>Which counters are read for who had most.</summary>
public sealed class RefusalSharesTests
{
    private static readonly RefusalDimension[] All = Enum.GetValues<RefusalDimension>();

    [Fact]
    public void Each_dimension_has_counters_of_its_own_where_only_a_code_filters() =>
        Assert.Equal(
            [RollupFacet.Client, RollupFacet.Endpoint, RollupFacet.Address, RollupFacet.Subject],
            RefusalShares.Of(All, new RefusalFilter(Code: "a")).Select(shares => shares.Facet));

    [Fact]
    public void All_dimensions_have_the_same_counters_where_something_else_filters()
    {
        var shares = Assert.Single(RefusalShares.Of(All, new RefusalFilter(Client: "portal")));

        shares.Add(string.Join(RefusalValues.Separator, "portal", "POST /x", "192.0.2.1", ""), "a", 3);

        Assert.Equal(RollupFacet.All, shares.Facet);
        var tops = shares.Tops(5).ToDictionary();
        Assert.Equal(new RefusalShare("portal", 3, "a"), Assert.Single(tops[RefusalDimension.Client]));
        Assert.Equal(new RefusalShare("POST /x", 3, "a"), Assert.Single(tops[RefusalDimension.Endpoint]));
        Assert.Equal(new RefusalShare("192.0.2.1", 3, "a"), Assert.Single(tops[RefusalDimension.Address]));
        Assert.Empty(tops[RefusalDimension.Subject]);
    }
}
