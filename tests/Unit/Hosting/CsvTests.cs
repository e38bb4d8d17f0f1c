using Dashboard.Hosting;

namespace Dashboard.Tests.Unit.Hosting;

/// <summary>Lines of exports.</summary>
public sealed class CsvTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("=a,b", "\"'=a,b\"")]
    public void A_cell_is_what_it_was_and_never_a_formula(string? text, string cell) => Assert.Equal(cell, Csv.Cell(text));

    [Fact]
    public void A_line_ends_as_the_rfc_says() => Assert.Equal("a,,\"b,c\"\r\n", Csv.Line("a", null, "b,c"));
}
