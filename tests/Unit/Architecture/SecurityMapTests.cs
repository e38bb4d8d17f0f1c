using System.Text.RegularExpressions;

namespace Dashboard.Tests.Unit.Architecture;

/// <summary>The map of security requirements leads to tests that exist.</summary>
public sealed partial class SecurityMapTests
{
    [Fact]
    public void Every_test_that_the_map_names_exists()
    {
        var tests = SourceFile.Below("tests");
        var named = Name().Matches(SourceFile.Read("docs/security.md"));

        Assert.NotEmpty(named);
        Assert.Empty(named
            .Where(name => !tests.Any(file =>
                file.Text.Contains($"class {name.Groups["class"].Value}", StringComparison.Ordinal)
                && file.Text.Contains($" {name.Groups["method"].Value}(", StringComparison.Ordinal)))
            .Select(name => name.Value)
            .Distinct());
    }

    [Theory]
    [InlineData("SES", 20)]
    [InlineData("LOG", 11)]
    [InlineData("MFA", 7)]
    [InlineData("BLZ", 15)]
    [InlineData("HDR", 13)]
    [InlineData("KEY", 14)]
    [InlineData("OAU", 23)]
    [InlineData("DCR", 16)]
    [InlineData("ALR", 8)]
    [InlineData("RES", 6)]
    public void Every_requirement_has_its_line(string family, int count)
    {
        var map = SourceFile.Read("docs/security.md");

        Assert.All(
            Enumerable.Range(1, count),
            number => Assert.Contains($"\n| {family}-{number:00} | ", map, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"`(?<class>[A-Z]\w+)\.(?<method>[A-Z]\w*_\w+)`", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();
}
