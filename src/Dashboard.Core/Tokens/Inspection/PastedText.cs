using System.Text.RegularExpressions;
using Dashboard.Core.Tokens.Inspection.LibraryErrors;

namespace Dashboard.Core.Tokens.Inspection;

/// <summary>What somebody pasted, understood.</summary>
public abstract record PastedText
{
    private PastedText()
    {
    }

    /// <summary>A token was found.</summary>
    /// <param name="Text">The token, exactly as it stood there.</param>
    /// <param name="FoundIn">What it was read out of, such as "an Authorization header"; null where it was all there was.</param>
    /// <param name="Others">How many other tokens the text holds.</param>
    public sealed record Token(string Text, string? FoundIn, int Others) : PastedText;

    /// <summary>The reference of a failure was found, and no token.</summary>
    public sealed record FailureReference(string RequestId) : PastedText;

    /// <summary>What libraries say was found, and neither token nor reference.</summary>
    public sealed record ErrorText : PastedText;

    /// <summary>There was nothing but space.</summary>
    public sealed record Empty : PastedText;
}

/// <summary>A token in a text.</summary>
/// <param name="Text">The token, exactly as it stands there.</param>
/// <param name="Index">Where it begins.</param>
public sealed record PlacedToken(string Text, int Index);

/// <summary>
/// Finds the token in whatever people have at hand: the token itself, a header, a curl command, a HAR file, a log line.
/// </summary>
public static partial class PastedTextReader
{
    /// <summary>Longer texts are cut: a HAR file holds the interesting request near its beginning or not at all.</summary>
    public const int LongestText = 2 * 1024 * 1024;

    /// <summary>
    /// Reads a text. Whatever holds neither token nor reference nor known error is taken for a token, so that its fault is named.
    /// </summary>
    public static PastedText Read(string text)
    {
        var trimmed = (text.Length > LongestText ? text[..LongestText] : text).Trim();
        if (trimmed.Length == 0)
        {
            return new PastedText.Empty();
        }

        if (Token().Match(trimmed) is { Success: true, Length: var length } && length == trimmed.Length)
        {
            return new PastedText.Token(trimmed, null, 0);
        }

        if (FindTokens(trimmed) is [var first, .. var others])
        {
            return new PastedText.Token(first, PlaceOf(trimmed), others.Count);
        }

        if (Reference().Match(trimmed) is { Success: true } reference)
        {
            return new PastedText.FailureReference(reference.Value);
        }

        return LibraryErrorCatalogue.FindIn(trimmed) is []
            ? new PastedText.Token(WithoutScheme(trimmed), null, 0)
            : new PastedText.ErrorText();
    }

    /// <summary>Every token of a text where it stands there, such as those of a file; one that stands there twice, twice.</summary>
    public static IReadOnlyList<PlacedToken> FindAll(string text) =>
        [.. Token().Matches(text).Select(match => new PlacedToken(match.Value, match.Index))];

    // A token that was wrapped over several lines is put together again, unless the parts are tokens by themselves.
    private static List<string> FindTokens(string text)
    {
        List<string> found = [.. Token().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal)];
        if (found.Count == 0 && WithoutScheme(text) is var bare && bare.All(IsWrapped))
        {
            var joined = string.Concat(bare.Where(character => !char.IsWhiteSpace(character)));
            found.AddRange(Token().Matches(joined).Select(match => match.Value));
        }

        return found;

        static bool IsWrapped(char character) =>
            char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' || char.IsWhiteSpace(character);
    }

    private static string WithoutScheme(string text) =>
        text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? text["Bearer ".Length..].Trim() : text;

    private static string PlaceOf(string text) => text switch
    {
        _ when text.StartsWith("curl ", StringComparison.OrdinalIgnoreCase) => "a curl command",
        _ when text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) => "a Bearer header value",
        _ when text.StartsWith('{') && text.Contains("\"log\"", StringComparison.Ordinal) => "a HAR file",
        _ when text.StartsWith("Authorization", StringComparison.OrdinalIgnoreCase) => "an Authorization header",
        _ => "the pasted text",
    };

    // Every signed token begins with '{"' in base64url. Encrypted ones have five parts and are named by the first check.
    [GeneratedRegex(
        @"(?<![A-Za-z0-9_\-])eyJ[A-Za-z0-9_\-]*(?:\.[A-Za-z0-9_\-]*){2,4}(?![A-Za-z0-9_\-])",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Token();

    [GeneratedRegex(@"\breq_[0-9a-z]{16}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Reference();
}
