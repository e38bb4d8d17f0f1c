namespace Dashboard.OAuth.Authorize;

/// <summary>Names the place that a redirect address leads to, as people know it.</summary>
internal static class RedirectPlace
{
    /// <summary>The host, with its port where it has one of its own; for programs on the device, how they are reached.</summary>
    public static string Of(string redirectUri) => new Uri(redirectUri) switch
    {
        { IsLoopback: true, Authority: var authority } => authority,
        { Authority: { Length: > 0 } authority } uri when IsWeb(uri) => authority,
        { Scheme: var scheme } => scheme,
    };

    /// <summary>What stands before it.</summary>
    public static string IntroductionOf(string redirectUri) => new Uri(redirectUri) switch
    {
        { IsLoopback: true } => "A program on this computer asks, at",
        var uri when IsWeb(uri) => "You came from, or are sent to",
        _ => "An app on this device asks, and calls itself",
    };

    private static bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp;
}
