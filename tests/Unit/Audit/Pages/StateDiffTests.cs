using Dashboard.Audit;

namespace Dashboard.Tests.Unit.Audit.Pages;

public sealed class StateDiffTests
{
    [Fact]
    public void Members_stand_side_by_side_with_what_became_of_them()
    {
        var members = StateDiff.Of(
            """{"name":"Portal","enabled":"true","limits":{"tokens":5,"days":1},"gone":[1,2]}""",
            """{"name":"Portal","enabled":"false","limits":{"tokens":6,"days":1},"new":null}""");

        Assert.Equal(
        [
            ("name", "Portal", "Portal", StateChange.Same),
            ("enabled", "true", "false", StateChange.Changed),
            ("limits.tokens", "5", "6", StateChange.Changed),
            ("limits.days", "1", "1", StateChange.Same),
            ("new", null, "null", StateChange.Added),
            ("gone", "[1,2]", null, StateChange.Removed),
        ],
        members.Select(member => (member.Name, member.Before, member.After, member.Change)));
    }

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData("{}", "{}", 0)]
    [InlineData(null, "{\"a\":1}", 1)]
    [InlineData("no json", "{\"a\":1}", 2)]
    [InlineData("7", "8", 1)]
    public void States_of_any_form_are_shown(string? before, string? after, int members) =>
        Assert.Equal(members, StateDiff.Of(before, after).Count);
}
