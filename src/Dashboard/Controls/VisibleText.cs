using System.Globalization;
using System.Text;

namespace Dashboard.Controls;

/// <summary>
/// Shows foreign text as it is. Client names and claims are data: a control character could hide part of a name, and a
/// bidirectional override could make <c>gpj.exe</c> read as <c>exe.jpg</c>, so both are written out as escapes.
/// </summary>
public static class VisibleText
{
    public static string Escape(string text)
    {
        if (!text.EnumerateRunes().Any(IsInvisible))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune))
            {
                visible.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
            else
            {
                visible.Append(rune.ToString());
            }
        }

        return visible.ToString();
    }

    /// <summary>The first and the last characters, where the whole would not fit. Never splits a character.</summary>
    public static string CutMiddle(string text, int keep)
    {
        var elements = StringInfo.ParseCombiningCharacters(text);
        if (elements.Length <= keep + 1)
        {
            return text;
        }

        var head = (keep + 1) / 2;
        var tail = elements[^(keep - head)];
        return $"{text[..elements[head]]}…{text[tail..]}";
    }

    // Format characters hold the bidirectional overrides and the zero-width ones; a lone surrogate reads as U+FFFD.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned;
}
