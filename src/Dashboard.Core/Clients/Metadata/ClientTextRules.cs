using System.Globalization;
using System.Text;

namespace Dashboard.Core.Clients.Metadata;

/// <summary>
/// Which texts a client may show of itself. They stand beside names that people trust, so nothing in them is invisible,
/// turns the direction of writing, or piles up.
/// </summary>
internal static class ClientTextRules
{
    public const int Longest = 200;
    private const int MostMarks = 3;

    // Letters and marks that show nothing.
    private static readonly int[] Blank = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0];

    /// <summary>What is wrong with a text, in words that follow the name of its field; null where nothing is.</summary>
    public static string? FaultOf(string text) => text switch
    {
        { Length: 0 } => "must not be empty",
        { Length: > Longest } => $"must have at most {Longest} characters",
        _ when text != text.Trim() => "must not begin or end with a space",
        _ when !text.EnumerateRunes().All(IsVisible) => "must not hold control, invisible, private or unassigned characters",
        _ when !text.EnumerateRunes().Any(Rune.IsLetterOrDigit) => "must have a letter or digit",
        _ when HasPile(text) => $"must not have more than {MostMarks} marks on one character",
        _ when !Compositions.IsComposed(text) => "must be written in composed characters (Unicode normal form C)",
        _ => null,
    };

    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && !Blank.Contains(rune.Value) && Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.SpaceSeparator => rune.Value is ' ',
        _ => true,
    };

    private static bool HasPile(string text)
    {
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            marks = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MostMarks)
            {
                return true;
            }
        }

        return false;
    }
}
