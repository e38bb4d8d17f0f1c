namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>Finds one message in a text: its fixed pieces in their order, with a bounded number of characters between them.</summary>
internal sealed class ErrorPattern
{
    // Whoever pastes a text in which a message begins ten thousand times gets what its first places say.
    private const int MostTries = 32;
    private const int LongestGap = 600;

    private readonly string[] _pieces;
    private readonly bool _isAlone;

    public ErrorPattern(string text, bool isAlone)
    {
        _pieces = text.Split(LibraryError.Gap, StringSplitOptions.RemoveEmptyEntries);
        _isAlone = isAlone;
        Length = _pieces.Sum(piece => piece.Length);
    }

    /// <summary>How many characters of it are fixed: the more, the more certain.</summary>
    public int Length { get; }

    /// <summary>The places where it stands, from where to where.</summary>
    public IEnumerable<Range> FindIn(string text)
    {
        var from = 0;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var start = text.IndexOf(_pieces[0], from, StringComparison.Ordinal);
            if (start < 0)
            {
                yield break;
            }

            if (EndOf(text, start) is { } end && IsBounded(text, start, end))
            {
                yield return start..end;
            }

            from = start + 1;
        }
    }

    private int? EndOf(string text, int start)
    {
        var end = start + _pieces[0].Length;
        foreach (var piece in _pieces.AsSpan(1))
        {
            var reach = Math.Min(text.Length - end, LongestGap + piece.Length);
            var next = text.IndexOf(piece, end, reach, StringComparison.Ordinal);
            if (next < 0)
            {
                return null;
            }

            end = next + piece.Length;
        }

        return end;
    }

    // Part of a longer word is another word.
    private bool IsBounded(string text, int start, int end)
    {
        char? before = start == 0 ? null : text[start - 1];
        char? after = end == text.Length ? null : text[end];
        return _isAlone
            ? (before is null || IsEdge(before.Value)) && (after is null || IsEdge(after.Value) || IsLastPoint(text, end))
            : !(IsWord(before) && IsWord(text[start])) && !(IsWord(after) && IsWord(text[end - 1]));
    }

    private static bool IsLastPoint(string text, int end) => text[end] is '.' && (end + 1 == text.Length || IsEdge(text[end + 1]));

    private static bool IsEdge(char character) => character is '\n' or '\r' or '"' or '\'' or '`' or '<' or '>' or '“' or '”';

    private static bool IsWord(char? character) => character is { } some && (char.IsLetterOrDigit(some) || some == '_');
}
