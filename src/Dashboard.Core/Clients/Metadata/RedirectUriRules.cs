using System.Text.RegularExpressions;

namespace Dashboard.Core.Clients.Metadata;

/// <summary>Where the answer of an authorization may go (RFC 8252 section 7, RFC 9700 section 2.1).</summary>
internal static partial class RedirectUriRules
{
    public const int Most = 10;

    /// <summary>What is wrong with an address, in words that follow its name; null where nothing is.</summary>
    /// <param name="uri">The address, as it will be compared.</param>
    /// <param name="isNative">True for clients on a person's own device: loopback addresses and private-use schemes.</param>
    /// <param name="mustBePublic">True where nobody vouches for the client: then it leads to nobody's inside.</param>
    public static string? FaultOf(string uri, bool isNative, bool mustBePublic) => StrictUri.Parse(uri, out var fault) switch
    {
        null => fault,
        { Scheme: "https", Host: null } => "must have a host",
        { Scheme: "https", Host: { } host } =>
            !mustBePublic || PublicHosts.Allows(host) ? null : "must have a host in the public internet",
        { Scheme: "http", Host: "127.0.0.1" or "[::1]" } =>
            isNative ? null : "must use https: only native clients have loopback addresses",
        { Scheme: "http" } => "must use https; http is for native clients at 127.0.0.1 and [::1], which 'localhost' is not",
        { Host: null, Path: "" } => "must have a path",
        { Scheme: var scheme } when PrivateUse().IsMatch(scheme) =>
            isNative ? null : "must use https: only native clients have schemes of their own",
        _ => "must use https, or a scheme of the client's own with a dot in it, such as com.example.app",
    };

    [GeneratedRegex(@"\A[a-z][a-z0-9-]*(\.[a-z0-9-]+)+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex PrivateUse();
}
