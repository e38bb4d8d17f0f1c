namespace Dashboard.Controls;

/// <summary>One thing that the palette can go to. Items of one <paramref name="Group"/> stand together.</summary>
public sealed record PaletteItem(string Title, string? Hint, string Href, string Group);

/// <summary>Where the palette finds things: pages, clients, tokens. It returns only what the operator may open.</summary>
public interface IPaletteSource
{
    /// <summary>What matches, best first, and only a screenful. The text is trimmed; empty when the palette was just opened.</summary>
    Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken);
}
