using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Tokens.Inspection.LibraryErrors;
using Dashboard.Hosting;

namespace Dashboard.Inspector.Errors;

/// <summary>Says what an error text means, whole in a log line or only its beginning, and offers the page of all of them.</summary>
internal sealed class LibraryErrorPaletteSource(CurrentOperator current) : IPaletteSource
{
    private const int Most = 5;
    private const int ShortestText = 4;
    private const int LongestTitle = 60;
    private const string PageTitle = "Errors of libraries";

    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length < ShortestText || Find(text) is not { Count: > 0 } found || !await current.MayAsync(Right.ReadTokens))
        {
            return [];
        }

        return found;
    }

    private static List<PaletteItem> Find(string text)
    {
        var known = LibraryErrorCatalogue.FindIn(text);
        var errors = known is not [] ? known : LibraryErrorCatalogue.All.Where(
            error => error.Text.Contains(text, StringComparison.OrdinalIgnoreCase));
        List<PaletteItem> found = [.. errors.Take(Most).Select(ItemOf)];
        if (PageTitle.Contains(text, StringComparison.OrdinalIgnoreCase))
        {
            found.Add(new PaletteItem(PageTitle, "What the error texts of libraries mean", LibraryErrorsAddress.Path, "Pages"));
        }

        return found;
    }

    private static PaletteItem ItemOf(LibraryError error) => new(
        $"What “{VisibleText.CutMiddle(error.SearchText, LongestTitle)}” means",
        error.Code is { } code ? $"{error.Library.Name} · {code}" : error.Library.Name,
        LibraryErrorsAddress.Of(error),
        "Errors");
}
