using System.Text.RegularExpressions;
using Dashboard.Hosting;
using Dashboard.ProblemPages;
using Dashboard.Tests.Unit.Architecture;

namespace Dashboard.Tests.Unit.Shipping;

/// <summary>The guides lead to what exists.</summary>
public sealed partial class GuideTests
{
    public static TheoryData<string> Guides =>
    [
        "README.md", "CHANGELOG.md", "SECURITY.md", "deploy/systemd/README.md", "docs/configuration.md", "docs/operations.md",
        "docs/troubleshooting.md",
    ];

    [Theory]
    [MemberData(nameof(Guides))]
    public void Every_link_leads_to_a_file_and_to_a_heading_of_it(string guide)
    {
        foreach (Match link in Link().Matches(SourceFile.Read(guide)))
        {
            var (target, anchor) = (link.Groups["target"].Value, link.Groups["anchor"].Value);
            var path = target is "" ? guide : Path.Combine(Path.GetDirectoryName(guide)!, target);

            Assert.True(Path.Exists(SourceFile.PathOf(path)), $"{guide}: {target}");
            if (anchor is not "")
            {
                Assert.Contains(anchor, AnchorsOf(path));
            }
        }
    }

    [Fact]
    public void Troubleshooting_names_only_codes_that_exist_and_pages_that_tell_of_them()
    {
        var guide = SourceFile.Read("docs/troubleshooting.md");
        foreach (Match link in Problem().Matches(guide))
        {
            var (slug, anchor) = (link.Groups["slug"].Value, link.Groups["anchor"].Value);

            Assert.Contains($"\n### {anchor.ToUpperInvariant()}\n", ProblemTexts.Read(slug), StringComparison.Ordinal);
            Assert.Equal(slug, ProblemCatalogue.Get(anchor.ToUpperInvariant()).Kind.Slug);
        }

        Assert.NotEmpty(Problem().Matches(guide));
    }

    private static IEnumerable<string> AnchorsOf(string path) => Heading().Matches(SourceFile.Read(path))
        .Select(heading => NoAnchor().Replace(heading.Groups["title"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?!https?:|/|mailto:)(?<target>[^)#]*)(?:#(?<anchor>[^)]*))?\)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\]\(problems/(?<slug>[\w-]+)\.md#(?<anchor>[\w-]+)\)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Problem();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NoAnchor();
}
