using System.Collections.Frozen;

namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>What the error texts of well-known libraries mean. Verifies nothing and keeps nothing.</summary>
public static class LibraryErrorCatalogue
{
    /// <summary>Only so much of a text is read; a message stands near the beginning of what people paste, or they paste less.</summary>
    public const int LongestText = 256 * 1024;

    private const int MostFound = 10;

    /// <summary>Every known text, those of one library together.</summary>
    public static IReadOnlyList<LibraryError> All { get; } =
    [
        .. GoJoseErrors.All,
        .. GolangJwtErrors.All,
        .. PyJwtErrors.All,
        .. JsonWebTokenErrors.All,
        .. JoseErrors.All,
        .. JavaJwtErrors.All,
        .. JjwtErrors.All,
        .. NimbusErrors.All,
        .. SpringSecurityErrors.All,
        .. IdentityModelErrors.All,
        .. LiveKitErrors.All,
    ];

    private static readonly FrozenDictionary<string, LibraryError> ById =
        All.ToFrozenDictionary(error => error.Id, StringComparer.Ordinal);

    /// <summary>The text with this id; null where there is none.</summary>
    public static LibraryError? FindById(string id) => ById.GetValueOrDefault(id);

    /// <summary>
    /// The known texts that stand in a log line, a stack trace, JSON or anything else; in the order in which they stand there.
    /// Where one text is part of another, only the longer is found.
    /// </summary>
    public static IReadOnlyList<LibraryError> FindIn(string text)
    {
        var readable = Unescape(text.Length > LongestText ? text[..LongestText] : text);
        List<Place> taken = [];
        foreach (var place in PlacesIn(readable).OrderByDescending(place => place.Weight).ThenBy(place => place.Start))
        {
            if (!taken.Exists(other => place.Start < other.End && other.Start < place.End))
            {
                taken.Add(place);
            }
        }

        return [.. taken.OrderBy(place => place.Start).Select(place => place.Error).Distinct().Take(MostFound)];
    }

    /// <summary>What somebody looks for by hand: every word must be in the message, its library, its code or its explanation.</summary>
    public static IReadOnlyList<LibraryError> Search(string text)
    {
        if (FindIn(text) is { Count: > 0 } found)
        {
            return found;
        }

        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. All.Where(error => Array.TrueForAll(words, word => Holds(error, word)))];
    }

    private static bool Holds(LibraryError error, string word) =>
        error.Text.Contains(word, StringComparison.OrdinalIgnoreCase)
        || error.Library.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || error.Library.Platform.Contains(word, StringComparison.OrdinalIgnoreCase)
        || error.Code?.Contains(word, StringComparison.OrdinalIgnoreCase) is true
        || error.Cause.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Place> PlacesIn(string text) =>
        from error in All
        from pattern in error.Patterns
        from place in pattern.FindIn(text)
        select new Place(error, place.Start.Value, place.End.Value, pattern.Length);

    // Messages are often read out of JSON or HTML, where quotes are written otherwise.
    private static string Unescape(string text) => !text.Contains('\\') && !text.Contains('&')
        ? text
        : text.Replace(@"\\", @"\", StringComparison.Ordinal)
            .Replace("\\\"", "\"", StringComparison.Ordinal)
            .Replace(@"\'", "'", StringComparison.Ordinal)
            .Replace(@"\r", "\n", StringComparison.Ordinal)
            .Replace(@"\n", "\n", StringComparison.Ordinal)
            .Replace(@"\u0027", "'", StringComparison.OrdinalIgnoreCase)
            .Replace(@"\u0022", "\"", StringComparison.OrdinalIgnoreCase)
            .Replace("&quot;", "\"", StringComparison.Ordinal)
            .Replace("&#34;", "\"", StringComparison.Ordinal)
            .Replace("&#39;", "'", StringComparison.Ordinal)
            .Replace("&#x27;", "'", StringComparison.OrdinalIgnoreCase)
            .Replace("&apos;", "'", StringComparison.Ordinal);

    private readonly record struct Place(LibraryError Error, int Start, int End, int Weight);
}
