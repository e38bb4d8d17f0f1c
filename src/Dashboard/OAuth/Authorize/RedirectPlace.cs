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
        { IsLoopback: true } => "Your answer goes to a program on this computer, at",
        var uri when IsWeb(uri) => "Your answer goes to",
        _ => "Your answer goes to an app on this device that calls itself",
    };

    private static bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp;
}
