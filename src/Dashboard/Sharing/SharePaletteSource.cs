using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Hosting;

namespace Dashboard.Sharing;

/// <summary>Offers the list of what is shared, which the navigation has no line for.</summary>
internal sealed class SharePaletteSource(CurrentOperator current) : IPaletteSource
{
    private const string Title = "Shared reports";
    private const int ShortestText = 3;

    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken) =>
        text.Length >= ShortestText && Title.Contains(text, StringComparison.OrdinalIgnoreCase) && await current.MayAsync(Right.ReadTokens)
            ? [new PaletteItem(Title, "What is shared with colleagues now", "/shared", "Pages")]
            : [];
}
