using System.Collections.Frozen;
using System.Text;

namespace Dashboard.Core.Clients.Metadata;

/// <summary>
/// Which characters Unicode writes as one (normal form C). Signet runs without the culture data that the framework's own
/// normalization needs, so the pairs stand here: from the canonical decompositions of Unicode 15.
/// </summary>
internal static class Compositions
{
    private const int FirstMark = 0x0300;
    private const int LastMark = 0x036F;
    private const int FirstVowel = 0x1161;
    private const int LastTrailing = 0x11C2;

    // Characters that are always written as others.
    private static readonly (int First, int Last)[] Never =
    [
        (0x0340, 0x0341), (0x0343, 0x0344), (0x0374, 0x0374), (0x037E, 0x037E), (0x0387, 0x0387), (0x0958, 0x095F),
        (0x09DC, 0x09DD), (0x09DF, 0x09DF), (0x0A33, 0x0A33), (0x0A36, 0x0A36), (0x0A59, 0x0A5B), (0x0A5E, 0x0A5E),
        (0x0B5C, 0x0B5D), (0x0F43, 0x0F43), (0x0F4D, 0x0F4D), (0x0F52, 0x0F52), (0x0F57, 0x0F57), (0x0F5C, 0x0F5C),
        (0x0F69, 0x0F69), (0x0F73, 0x0F73), (0x0F75, 0x0F76), (0x0F78, 0x0F78), (0x0F81, 0x0F81), (0x0F93, 0x0F93),
        (0x0F9D, 0x0F9D), (0x0FA2, 0x0FA2), (0x0FA7, 0x0FA7), (0x0FAC, 0x0FAC), (0x0FB9, 0x0FB9), (0x1F71, 0x1F71),
        (0x1F73, 0x1F73), (0x1F75, 0x1F75), (0x1F77, 0x1F77), (0x1F79, 0x1F79), (0x1F7B, 0x1F7B), (0x1F7D, 0x1F7D),
        (0x1FBB, 0x1FBB), (0x1FBE, 0x1FBE), (0x1FC9, 0x1FC9), (0x1FCB, 0x1FCB), (0x1FD3, 0x1FD3), (0x1FDB, 0x1FDB),
        (0x1FE3, 0x1FE3), (0x1FEB, 0x1FEB), (0x1FEE, 0x1FEF), (0x1FF9, 0x1FF9), (0x1FFB, 0x1FFB), (0x1FFD, 0x1FFD),
        (0x2000, 0x2001), (0x2126, 0x2126), (0x212A, 0x212B), (0x2329, 0x232A), (0x2ADC, 0x2ADC), (0xF900, 0xFA0D),
        (0xFA10, 0xFA10), (0xFA12, 0xFA12), (0xFA15, 0xFA1E), (0xFA20, 0xFA20), (0xFA22, 0xFA22), (0xFA25, 0xFA26),
        (0xFA2A, 0xFA6D), (0xFA70, 0xFAD9), (0xFB1D, 0xFB1D), (0xFB1F, 0xFB1F), (0xFB2A, 0xFB36), (0xFB38, 0xFB3C),
        (0xFB3E, 0xFB3E), (0xFB40, 0xFB41), (0xFB43, 0xFB44), (0xFB46, 0xFB4E), (0x1D15E, 0x1D164),
        (0x1D1BB, 0x1D1C0), (0x2F800, 0x2FA1D),
    ];

    // A mark, and the characters that become another one when it follows.
    private static readonly FrozenDictionary<int, string> Pairs = new Dictionary<int, string>
    {
        [0x0300] =
            "AEIOUaeiouÜüNnЕИеиĒēŌōWwÂâĂăÊêÔôƠơƯưYyἀἁἈἉἐἑἘἙἠἡἨἩἰἱἸἹὀὁὈὉὐὑὙὠὡὨὩαεηιουωΑΕΗ\u1FBFϊΙ\u1FFEϋΥ"
            + "\u00A8ΟΩ",
        [0x0301] =
            "AEIOUYaeiouyCcLlNnRrSsZzÜüGgÅåÆæØø\u00A8ΑΕΗΙΟΥΩϊαεηιϋουωϒГКгкÇçĒēÏïKkMmÕõŌōPpŨũWwÂâĂăÊêÔôƠơƯưἀἁἈ"
            + "ἉἐἑἘἙἠἡἨἩἰἱἸἹὀὁὈὉὐὑὙὠὡὨὩ\u1FBF\u1FFE",
        [0x0302] = "AEIOUaeiouCcGgHhJjSsWwYyZzẠạẸẹỌọ",
        [0x0303] = "ANOanoIiUuVvÂâĂăEeÊêÔôƠơƯưYy",
        [0x0304] = "AaEeIiOoUuÜüÄäȦȧÆæǪǫÖöÕõȮȯYyИиУуGgḶḷṚṛαΑιΙυΥ",
        [0x0306] = "AaEeGgIiOoUuУИиуЖжАаЕеȨȩẠạαΑιΙυΥ",
        [0x0307] = "CcEeGgIZzAaOoBbDdFfHhMmNnPpRrSsŚśŠšṢṣTtWwXxYyſ",
        [0x0308] = "AEIOUaeiouyYΙΥιυϒЕІеіАаӘәЖжЗзИиОоӨөЭэУуЧчЫыHhÕõŪūWwXxt",
        [0x0309] = "AaÂâĂăEeÊêIiOoÔôƠơUuƯưYy",
        [0x030A] = "AaUuwy",
        [0x030B] = "OoUuУу",
        [0x030C] = "CcDdEeLlNnRrSsTtZzAaIiOoUuÜüGgKkƷʒjHh",
        [0x030F] = "AaEeIiOoRrUuѴѵ",
        [0x0311] = "AaEeIiOoRrUu",
        [0x0313] = "αΑεΕηΗιΙοΟυωΩρ",
        [0x0314] = "αΑεΕηΗιΙοΟυΥωΩρΡ",
        [0x031B] = "OoUu",
        [0x0323] = "BbDdHhKkLlMmNnRrSsTtVvWwZzAaEeIiOoƠơUuƯưYy",
        [0x0324] = "Uu",
        [0x0325] = "Aa",
        [0x0326] = "SsTt",
        [0x0327] = "CcGgKkLlNnRrSsTtEeDdHh",
        [0x0328] = "AaEeIiUuOo",
        [0x032D] = "DdEeLlNnTtUu",
        [0x032E] = "Hh",
        [0x0330] = "EeIiUu",
        [0x0331] = "BbDdKkLlNnRrTtZzh",
        [0x0338] =
            "\u2190\u2192\u2194\u21D0\u21D4\u21D2\u2203\u2208\u220B\u2223\u2225\u223C\u2243\u2245\u2248="
            + "\u2261\u224D<>\u2264\u2265\u2272\u2273\u2276\u2277\u227A\u227B\u2282\u2283\u2286\u2287\u22A2"
            + "\u22A8\u22A9\u22AB\u227C\u227D\u2291\u2292\u22B2\u22B3\u22B4\u22B5",
        [0x0342] = "ἀἁἈἉἠἡἨἩἰἱἸἹὐὑὙὠὡὨὩα\u00A8η\u1FBFιϊ\u1FFEυϋω",
        [0x0345] = "ἀἁἂἃἄἅἆἇἈἉἊἋἌἍἎἏἠἡἢἣἤἥἦἧἨἩἪἫἬἭἮἯὠὡὢὣὤὥὦὧὨὩὪὫὬὭὮὯὰαάᾶΑὴηήῆΗὼωώῶΩ",
        [0x0653] = "\u0627",
        [0x0654] = "\u0627\u0648\u064A\u06D5\u06C1\u06D2",
        [0x0655] = "\u0627",
        [0x093C] = "नरळ",
        [0x09BE] = "\u09C7",
        [0x09D7] = "\u09C7",
        [0x0B3E] = "\u0B47",
        [0x0B56] = "\u0B47",
        [0x0B57] = "\u0B47",
        [0x0BBE] = "\u0BC6\u0BC7",
        [0x0BD7] = "ஒ\u0BC6",
        [0x0C56] = "\u0C46",
        [0x0CC2] = "\u0CC6",
        [0x0CD5] = "\u0CBF\u0CC6\u0CCA",
        [0x0CD6] = "\u0CC6",
        [0x0D3E] = "\u0D46\u0D47",
        [0x0D57] = "\u0D46",
        [0x0DCA] = "\u0DD9\u0DDC",
        [0x0DCF] = "\u0DD9",
        [0x0DDF] = "\u0DD9",
        [0x102E] = "ဥ",
        [0x1B35] = "ᬅᬇᬉᬋᬍᬑ\u1B3A\u1B3C\u1B3E\u1B3F\u1B42",
        [0x3099] =
            "\u304B\u304D\u304F\u3051\u3053\u3055\u3057\u3059\u305B\u305D\u305F\u3061\u3064\u3066\u3068\u306F"
            + "\u3072\u3075\u3078\u307B\u3046\u309D\u30AB\u30AD\u30AF\u30B1\u30B3\u30B5\u30B7\u30B9\u30BB\u30BD"
            + "\u30BF\u30C1\u30C4\u30C6\u30C8\u30CF\u30D2\u30D5\u30D8\u30DB\u30A6\u30EF\u30F0\u30F1\u30F2\u30FD",
        [0x309A] = "\u306F\u3072\u3075\u3078\u307B\u30CF\u30D2\u30D5\u30D8\u30DB",
        [0x110BA] = "\U00011099\U0001109B\U000110A5",
        [0x11127] = "\U00011131\U00011132",
        [0x1133E] = "\U00011347",
        [0x11357] = "\U00011347",
        [0x114B0] = "\U000114B9",
        [0x114BA] = "\U000114B9",
        [0x114BD] = "\U000114B9",
        [0x115AF] = "\U000115B8\U000115B9",
        [0x11930] = "\U00011935",
    }.ToFrozenDictionary();

    // Where the marks of Latin, Greek and Cyrillic letters stand (canonical combining classes): a mark reaches its letter over
    // others that stand elsewhere, and those are written in the order of these numbers.
    private static readonly (int Last, int Class)[] Classes =
    [
        (0x0314, 230), (0x0315, 232), (0x0319, 220), (0x031A, 232), (0x031B, 216), (0x0320, 220), (0x0322, 202), (0x0326, 220),
        (0x0328, 202), (0x0333, 220), (0x0338, 1), (0x033C, 220), (0x0344, 230), (0x0345, 240), (0x0346, 230), (0x0349, 220),
        (0x034C, 230), (0x034E, 220), (0x034F, 0), (0x0352, 230), (0x0356, 220), (0x0357, 230), (0x0358, 232), (0x035A, 220),
        (0x035B, 230), (0x035C, 233), (0x035E, 234), (0x035F, 233), (0x0361, 234), (0x0362, 233), (LastMark, 230),
    ];

    /// <summary>
    /// True where nothing in a text has a composed form that it should have been written in. Not noticed is a composed letter
    /// with one more mark that would have come first: the table has pairs, not what becomes of them.
    /// </summary>
    public static bool IsComposed(string text)
    {
        // What a mark could be composed with, and where the one before it stands.
        var (starter, before) = (default(Rune), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var place = ClassOf(rune.Value);
            var isBlocked = before is not 0 && place <= before;
            if (IsNever(rune.Value) || (place is not 0 && place < before) || (!isBlocked && Compose(starter, rune)))
            {
                return false;
            }

            (starter, before) = (place is 0 ? rune : starter, place);
        }

        return true;
    }

    private static int ClassOf(int value) =>
        value is < FirstMark or > LastMark ? 0 : Array.Find(Classes, range => value <= range.Last).Class;

    private static bool IsNever(int value) => Array.Exists(Never, range => value >= range.First && value <= range.Last);

    // Parts of Korean syllables are composed by arithmetic, and so are not in the table: no name needs them apart.
    private static bool Compose(Rune before, Rune mark) =>
        mark.Value is >= FirstVowel and <= LastTrailing
        || (Pairs.TryGetValue(mark.Value, out var bases) && bases.EnumerateRunes().Contains(before));
}
