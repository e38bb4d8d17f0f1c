using Dashboard.Commands;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>Lengths of time as people type them.</summary>
public sealed class DurationOptionTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1h", 3_600)]
    [InlineData("7d", 604_800)]
    [InlineData("2w", 1_209_600)]
    public void A_length_of_time_is_read(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), DurationOption.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5m")]
    [InlineData("1.5h")]
    [InlineData("h")]
    [InlineData("5y")]
    [InlineData("5 m")]
    [InlineData("5M")]
    [InlineData("9999999999")]
    [InlineData("99999w")]
    public void What_is_none_is_not(string text) => Assert.Null(DurationOption.Parse(text));
}
