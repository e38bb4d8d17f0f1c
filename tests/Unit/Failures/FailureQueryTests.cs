using Dashboard.Controls;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Failures;
using Dashboard.Hosting.Failures;

namespace Dashboard.Tests.Unit.Failures;

/// <summary>What the address of the failures page says.</summary>
public sealed class FailureQueryTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Addresses =>
    [
        "/failures",
        "/failures?range=1h",
        "/failures?range=30d&code=TOKEN_EXPIRED&client=a%26b%20c&address=203.0.113.7&subject=%C3%A4&endpoint=POST%20%2Fauth%2Fvalidate",
        "/failures?from=2030-01-01T12:00:00Z&to=2030-01-01T13:30:00.5Z&view=table",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Address_is_read_as_it_is_written(string address)
    {
        var read = FailuresAddress.Read("http://localhost" + address, out var faults);
        var again = FailuresAddress.Read("http://localhost" + read, out _);

        Assert.Empty(faults);
        Assert.Equal(read, again);
        Assert.Equal(address is "/failures", read.ToString() == FailuresAddress.Path);
    }

    [Fact]
    public void Place_in_the_list_is_part_of_it_and_another_filter_begins_at_the_first_page()
    {
        const string Cursor = "123456";
        var read = FailuresAddress.Read($"http://localhost/failures?code=A&view=table&cursor={Cursor}&n=3", out _);

        Assert.Equal(new ListPosition(Cursor, 3), read.Position);
        var other = FailureQuery.Default with { Filter = new RefusalFilter(Client: "c") };
        Assert.Equal("/failures?client=c&view=table", read.For(other).ToString());
    }

    [Theory]
    [InlineData("range=2h", "range")]
    [InlineData("from=yesterday&to=2030-01-01", "from")]
    [InlineData("from=2030-01-01", "to")]
    [InlineData("to=2030-01-01", "from")]
    [InlineData("from=2030-01-02&to=2030-01-01", "to")]
    [InlineData("range=1h&from=2030-01-01&to=2030-01-02", "range")]
    [InlineData("from=0001-01-01&to=2030-01-02", "from")]
    public void What_makes_no_sense_is_named_and_does_not_filter(string query, string name)
    {
        var read = FailuresAddress.Read($"http://localhost/failures?{query}", out var faults);

        Assert.Equal(name, Assert.Single(faults).Field);
        Assert.Equal(FailureTime.Day, read.Query.Time);
    }

    [Fact]
    public void Too_long_a_value_does_not_filter()
    {
        var read = FailuresAddress.Read($"http://localhost/failures?client={new string('x', 301)}", out var faults);

        Assert.Equal("client", Assert.Single(faults).Field);
        Assert.Equal(RefusalFilter.None, read.Query.Filter);
    }

    [Fact]
    public void List_is_of_refusals_in_the_same_time_and_filter()
    {
        var filter = new RefusalFilter("A", "c", "POST /x", "::1", "s");
        var events = new FailureQuery(FailureTime.Day, filter).ToEvents(new TimeRange(Noon, Noon.AddHours(1)));

        Assert.Equal(
            new EventFilter(
                Outcome: EventOutcome.Refused,
                Client: "c",
                Code: "A",
                Address: "::1",
                Subject: "s",
                Endpoint: "POST /x",
                From: Noon,
                Before: Noon.AddHours(1)),
            events);
    }
}
