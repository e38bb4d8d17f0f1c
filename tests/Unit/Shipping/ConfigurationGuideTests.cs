using System.Text.RegularExpressions;
using Dashboard.Hosting.Settings;
using Dashboard.Tests.Unit.Architecture;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Shipping;

/// <summary>docs/configuration.md lists every setting as the program knows it, and no other.</summary>
public sealed partial class ConfigurationGuideTests(SharedSignet<ConfigurationGuideTests> shared)
    : IClassFixture<SharedSignet<ConfigurationGuideTests>>, ISharesSignet
{
    [Fact]
    public void Guide_has_a_line_for_every_setting_as_the_program_describes_it_and_no_other()
    {
        var guide = SourceFile.Read("docs/configuration.md").Split('\n');
        List<string> expected = [.. shared.Signet.Services.GetRequiredService<EffectiveSettings>().Read().Select(Line)];

        AssertNone("Add to docs/configuration.md, each to its group", expected.Except(guide));
        AssertNone("Take away", guide.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Except(expected));
    }

    [Fact]
    public void Guide_has_the_groups_of_the_settings_page_in_its_order()
    {
        var groups = shared.Signet.Services.GetRequiredService<EffectiveSettings>().Read().Select(setting => setting.Group).Distinct();

        Assert.Equal(groups, Heading().Matches(SourceFile.Read("docs/configuration.md")).Select(match => match.Groups["title"].Value));
    }

    // Whole lines, to be copied.
    private static void AssertNone(string what, IEnumerable<string> lines) =>
        Assert.True(!lines.Any(), $"{what}:\n{string.Join('\n', lines)}");

    private static string Line(EffectiveSetting setting) =>
        $"| `{setting.Key}` | {Names(setting)} | {Cell(Default(setting))} | {Cell(setting.Description)} |";

    private static string Names(EffectiveSetting setting) =>
        $"`{setting.EnvironmentName}`" + (setting.Alias is { } alias ? $", `{alias}`" : "");

    private static string Default(EffectiveSetting setting) => setting.Default is { Length: > 0 } text ? text : "none";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    [GeneratedRegex("^## (?<title>.+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Heading();
}
