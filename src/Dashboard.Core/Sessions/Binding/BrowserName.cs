using System.Globalization;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>A browser as its User-Agent names it: the family, its operating system and its major version.</summary>
public sealed record BrowserName(string Family, string System, int? Major)
{
    private const int LongestHeader = 512;

    // First match wins: nearly every browser also claims to be the ones it descends from.
    private static readonly (string Mark, string Family)[] Families =
    [
        ("Edg/", "edge"), ("EdgA/", "edge"), ("EdgiOS/", "edge"), ("OPR/", "opera"), ("SamsungBrowser/", "samsung"),
        ("Vivaldi/", "vivaldi"), ("FxiOS/", "firefox"), ("Firefox/", "firefox"), ("CriOS/", "chrome"),
        ("HeadlessChrome/", "chrome"), ("Chrome/", "chrome"), ("Version/", "safari"),
    ];

    private static readonly (string Mark, string System)[] Systems =
    [
        ("Android", "android"), ("iPhone", "ios"), ("iPad", "ios"), ("Windows", "windows"), ("CrOS", "chromeos"),
        ("Macintosh", "macos"), ("Mac OS X", "macos"), ("Linux", "linux"), ("X11", "linux"),
    ];

    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["edge"] = "Edge",
        ["opera"] = "Opera",
        ["samsung"] = "Samsung Internet",
        ["vivaldi"] = "Vivaldi",
        ["firefox"] = "Firefox",
        ["chrome"] = "Chrome",
        ["safari"] = "Safari",
        ["android"] = "Android",
        ["ios"] = "iOS",
        ["windows"] = "Windows",
        ["chromeos"] = "ChromeOS",
        ["macos"] = "macOS",
        ["linux"] = "Linux",
    };

    /// <summary>For people: <c>Chrome on Linux</c>; a program by its own name.</summary>
    public string Title => Titles.TryGetValue(System, out var system) ? $"{TitleOf(Family)} on {system}" : TitleOf(Family);

    /// <summary>Reads a User-Agent header; null where it is missing or blank.</summary>
    public static BrowserName? Parse(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return null;
        }

        var text = userAgent.Length > LongestHeader ? userAgent[..LongestHeader] : userAgent;
        var system = Systems.FirstOrDefault(item => text.Contains(item.Mark, StringComparison.Ordinal)).System ?? "other";
        foreach (var (mark, family) in Families)
        {
            if (text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at)
            {
                return new BrowserName(family, system, NumberAt(text, at + mark.Length));
            }
        }

        // Programs: "curl/8.5.0".
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new BrowserName(text[..slash], system, NumberAt(text, slash + 1))
            : new BrowserName(text, system, null);
    }

    private static string TitleOf(string family) => Titles.GetValueOrDefault(family, family);

    private static int? NumberAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && end - start < 6 && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end > start ? int.Parse(text.AsSpan(start, end - start), CultureInfo.InvariantCulture) : null;
    }
}
