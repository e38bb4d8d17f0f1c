using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tokens;

namespace Dashboard.Tests.Unit.Tokens.Pages;

public sealed class LifeLineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Equal_refusals_in_a_row_are_one_line_that_leads_to_the_newest()
    {
        var lines = LifeLine.Of([Refused(0, "TOKEN_REVOKED"), Refused(1, "TOKEN_REVOKED"), Refused(2, "TOKEN_REVOKED")]);

        var line = Assert.Single(lines);
        Assert.Equal((3, "TOKEN_REVOKED", "req_2"), (line.Count, line.Code, line.Newest.RequestId));
        Assert.Equal("in minute 2.", line.Detail);
        Assert.Equal((Start, Start.AddMinutes(2)), (line.First.At, line.Newest.At));
    }

    [Fact]
    public void Other_code_or_other_moment_begins_a_new_line()
    {
        var lines = LifeLine.Of(
        [
            Refused(0, "WRONG_AUDIENCE"),
            Refused(1, "TOKEN_REVOKED"),
            new TimelineItem(Start.AddMinutes(2), TimelineMoment.LastPresented, "Last accepted."),
            Refused(3, "TOKEN_REVOKED"),
            Refused(4, "TOKEN_REVOKED"),
        ]);

        Assert.Equal([1, 1, 1, 2], lines.Select(line => line.Count));
    }

    private static TimelineItem Refused(int minute, string code) =>
        new(Start.AddMinutes(minute), TimelineMoment.Refused, $"{code}: in minute {minute}.", $"req_{minute}");
}
