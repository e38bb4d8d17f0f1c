using Dashboard.Core.Tokens.Inspection.LibraryErrors;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Inspector.Errors;

/// <summary>
/// Where the page of known errors is. What is searched for stands in the address, so it is never what somebody pasted: a log line
/// may hold a token.
/// </summary>
internal static class LibraryErrorsAddress
{
    public const string Path = "/docs/library-errors";

    private const int LongestSearch = 150;

    /// <summary>The page with one error on it.</summary>
    public static string Of(LibraryError error) => OfSearch(error.SearchText);

    /// <summary>The page for what somebody typed: where that is a known text, for that text alone.</summary>
    public static string OfSearch(string text) => text.Trim() is { Length: > 0 } typed
        ? QueryHelpers.AddQueryString(Path, "q", SafeFor(typed))
        : Path;

    // Every token begins with '{"' in base64url.
    private static string SafeFor(string typed) =>
        LibraryErrorCatalogue.FindIn(typed) is [var found, ..] ? found.SearchText
        : typed.IndexOf("eyJ", StringComparison.Ordinal) is var token and >= 0 ? Cut(typed[..token])
        : Cut(typed);

    private static string Cut(string text) => text.Length > LongestSearch ? text[..LongestSearch] : text;
}
