using Dashboard.Hosting;
using Dashboard.ProblemPages;

namespace Dashboard.Tests.Unit.ProblemPages;

public sealed class ProblemTextTests
{
    public static TheoryData<string> Codes => [.. Enum.GetValues<ErrorCode>().Select(code => code.Name)];

    public static TheoryData<string> Slugs => [.. ProblemCatalogue.Kinds.Select(kind => kind.Slug)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_heading_of_its_own_on_its_page(string code)
    {
        var kind = ProblemCatalogue.Get(code).Kind;

        Assert.Contains($"\n### {code}\n", ProblemTexts.Read(kind.Slug), StringComparison.Ordinal);
        // RFC 3986 makes the fragment case-sensitive, and the renderer writes ids in lower case.
        Assert.Contains($"id=\"{code.ToLowerInvariant()}\"", ProblemTexts.Find(kind.Slug)!.Value.Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Every_page_has_the_same_parts(string slug)
    {
        var kind = ProblemCatalogue.Kinds.Single(kind => kind.Slug == slug);
        var text = ProblemTexts.Read(slug);

        Assert.StartsWith($"# {kind.Title}\n", text, StringComparison.Ordinal);
        Assert.Contains($"Status {kind.Status}.", text, StringComparison.Ordinal);
        foreach (var part in (string[])["## Error codes", "## Why it happens", "## What to do", "## Example"])
        {
            Assert.Contains($"\n{part}\n", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Every_link_leads_to_a_page_that_exists(string slug)
    {
        foreach (var link in ProblemTexts.Read(slug).Split("](").Skip(1).Select(rest => rest[..rest.IndexOf(')', StringComparison.Ordinal)]))
        {
            Assert.StartsWith("/docs/problems/", link, StringComparison.Ordinal);
            Assert.NotNull(ProblemTexts.Find(link["/docs/problems/".Length..].Split('#')[0]));
        }
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Every_example_can_be_scrolled_by_keyboard_and_has_a_name(string slug)
    {
        var html = ProblemTexts.Find(slug)!.Value.Value;

        Assert.Contains("<pre tabindex=\"0\" role=\"group\" aria-label=\"Example\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<pre>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_slug_has_no_page() => Assert.Null(ProblemTexts.Find("../appsettings"));
}
