using System.Collections.Frozen;
using System.Reflection;
using Dashboard.Hosting;
using Markdig;
using Microsoft.AspNetCore.Components;

namespace Dashboard.ProblemPages;

/// <summary>The texts of <c>docs/problems</c>, which are built into the program.</summary>
internal static class ProblemTexts
{
    private const string Folder = "problems/";

    // Headings get ids, so that an answer of a person can point at one error code. Raw HTML is off: the texts need none.
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml().Build();

    private static readonly FrozenDictionary<string, Lazy<MarkupString>> Pages = ProblemCatalogue.Kinds.ToFrozenDictionary(
        kind => kind.Slug, kind => new Lazy<MarkupString>(() => Render(Read(kind.Slug))), StringComparer.Ordinal);

    /// <summary>The page of a slug as HTML; null where there is none.</summary>
    public static MarkupString? Find(string slug) => Pages.TryGetValue(slug, out var page) ? page.Value : null;

    /// <summary>The page of a slug as it was written.</summary>
    /// <exception cref="InvalidOperationException">A kind of problem has no page: a test fails before anybody sees it.</exception>
    public static string Read(string slug)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Folder}{slug}.md")
            ?? throw new InvalidOperationException($"docs/problems/{slug}.md is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // Safe as markup: these are our own texts, fixed when the program was built, and nothing of a request is in them.
    private static MarkupString Render(string markdown) => new(Scrollable(Markdown.ToHtml(markdown, Pipeline)));

    // A long line scrolls on a narrow screen: whoever has only a keyboard must be able to move into it.
    private static string Scrollable(string html) =>
        html.Replace("<pre>", """<pre tabindex="0" role="group" aria-label="Example">""", StringComparison.Ordinal);
}
