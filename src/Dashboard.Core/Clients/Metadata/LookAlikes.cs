using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Dashboard.Core.Clients.Metadata;

/// <summary>Notices names that could be read as Signet's own (Unicode UTS 39, for these few letters).</summary>
public static class LookAlikes
{
    private const string Ours = "signet";

    private static readonly FrozenDictionary<int, char> Letters = new Dictionary<char, string>
    {
        ['s'] = "5$ѕꜱʂșşśšŝ",
        ['i'] = "1!|lіӏıιɩíìîïĩīĭįịї",
        ['g'] = "9qɡցɢġğĝģǵǧ",
        ['n'] = "пոηոռńňñņǹṇ",
        ['e'] = "3еҽєɛεéèêëēĕėęěẽẹѐё",
        ['t'] = "7+тτţťțṭ",
    }.SelectMany(pair => pair.Value.EnumerateRunes().Select(rune => (rune.Value, pair.Key)))
        .DistinctBy(pair => pair.Value)
        .ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>True where people could take a client of this name for Signet itself.</summary>
    public static bool LooksLikeOurs(string name) => Skeleton(name).Contains(Ours, StringComparison.Ordinal);

    private static string Skeleton(string name)
    {
        var skeleton = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes().Select(Rune.ToLowerInvariant).Select(Narrow))
        {
            if (Letters.TryGetValue(rune.Value, out var letter))
            {
                skeleton.Append(letter);
            }
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter)
            {
                skeleton.Append(rune);
            }
        }

        return skeleton.ToString();
    }

    // Full-width letters, and those of mathematics, which repeat the alphabet without a gap.
    private static Rune Narrow(Rune rune) => rune.Value switch
    {
        >= 0xFF41 and <= 0xFF5A and var value => new Rune(value - 0xFF41 + 'a'),
        >= 0x1D400 and <= 0x1D6A3 and var value =>
            new Rune((value - 0x1D400) % 52 % 26 + 'a'),
        _ => rune,
    };
}
