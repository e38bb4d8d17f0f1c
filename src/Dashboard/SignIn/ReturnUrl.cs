using System.Text.RegularExpressions;

namespace Dashboard.SignIn;

/// <summary>Where to go after signing in. The address comes from a link that anybody could have written.</summary>
internal static partial class ReturnUrl
{
    public const string Home = "/";

    // An authorization request is as long as its client's address and state.
    private const int LongestUrl = 4_000;

    // Going back to these would end or repeat what was just done.
    private static readonly string[] NotPages =
        ["/login", "/logout", "/antiforgery", "/change-password", "/confirm", "/session", "/_blazor", "/error", "/not-found"];

    /// <summary>The address where it is a page of ours, the start page otherwise.</summary>
    public static string Local(string? url) => IsLocal(url) ? url! : Home;

    private static bool IsLocal(string? url)
    {
        if (url is null || url.Length > LongestUrl || !Shape().IsMatch(url))
        {
            return false;
        }

        var path = url.AsSpan(0, url.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : url.Length).ToString();
        return !path.Contains("//", StringComparison.Ordinal)
            && !EncodedStart().IsMatch(path)
            && !NotPages.Any(page => path.Equals(page, StringComparison.OrdinalIgnoreCase)
                || path.StartsWith(page + "/", StringComparison.OrdinalIgnoreCase));
    }

    // One slash, then visible ASCII without backslashes: browsers drop tabs and newlines, and read \ as /.
    [GeneratedRegex(@"\A/(?![/\\])[\x21-\x5b\x5d-\x7e]*\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Shape();

    // Something in front of us may decode once before the browser sees it: %2F, %5C, controls, and %25 hiding them.
    [GeneratedRegex(
        @"\A/(\.*/)*\.*%(2f|5c|25|[01][0-9a-f]|7f)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100)]
    private static partial Regex EncodedStart();
}
