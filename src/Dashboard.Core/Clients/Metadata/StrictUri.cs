using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Dashboard.Core.Clients.Metadata;

/// <summary>
/// An absolute address, taken apart by the letter of RFC 3986 and never rewritten. What browsers, proxies and libraries read
/// differently is no address here.
/// </summary>
/// <param name="Scheme">In lower case.</param>
/// <param name="Host">As written, with the brackets of IPv6; null where there is none.</param>
/// <param name="Path">Up to the query; may be empty.</param>
internal sealed partial record StrictUri(string Scheme, string? Host, string Path)
{
    public const int Longest = 2_000;

    // All of RFC 3986 but the asterisk, which somebody could take for a wildcard.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()+,;=%");

    /// <summary>The parts of an address; null where it is none, and then why, in words that follow the name of a field.</summary>
    public static StrictUri? Parse(string text, out string? fault)
    {
        fault = FaultOf(text);
        if (fault is not null)
        {
            return null;
        }

        var scheme = SchemeOf().Match(text);
        if (!scheme.Success)
        {
            fault = "must be an absolute address with a scheme in lower case";
            return null;
        }

        var rest = text[scheme.Length..];
        var authority = rest.StartsWith("//", StringComparison.Ordinal) ? UpTo(rest[2..], '/', '?') : null;
        var behind = authority is null ? rest : rest[(2 + authority.Length)..];
        var path = UpTo(behind, '?', '?');
        fault = FaultOf(path, behind) ?? (authority is null ? null : FaultOfAuthority(authority));
        return fault is null ? new StrictUri(scheme.Groups["name"].Value, authority is null ? null : HostOf(authority), path) : null;
    }

    private static string? FaultOf(string text) => text switch
    {
        "" => "must not be empty",
        { Length: > Longest } => $"must have at most {Longest} characters",
        _ when text.AsSpan().ContainsAnyExcept(Allowed) =>
            "must hold only ASCII characters that addresses are written in (RFC 3986), without spaces, backslashes and wildcards",
        _ when text.Contains('#', StringComparison.Ordinal) => "must not have a fragment",
        _ when BadEscape().IsMatch(text) => "must not hold incomplete escapes, or those of control characters and backslashes",
        _ => null,
    };

    private static string? FaultOf(string path, string pathAndQuery) =>
        pathAndQuery.AsSpan().IndexOfAny('[', ']') >= 0 ? "must not have brackets behind its host"
        : path.Split('/').Any(IsDots) ? "must not have the path segments . and .."
        : null;

    private static bool IsDots(string segment) =>
        segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..";

    private static string? FaultOfAuthority(string authority) =>
        authority.Contains('@', StringComparison.Ordinal) ? "must not hold a user name or a password"
        : HostOf(authority) is not { } host || !IsHost(host) ? "must have a host: a DNS name, or an IP address written in the usual way"
        : IsPort(authority[host.Length..]) ? null
        : "must have a port from 1 to 65535, or none";

    private static string? HostOf(string authority) =>
        authority.StartsWith('[') ? authority.IndexOf(']', StringComparison.Ordinal) is var end and > 0 ? authority[..(end + 1)] : null
        : authority.LastIndexOf(':') is var colon and >= 0 ? authority[..colon]
        : authority;

    private static bool IsHost(string host) => host.StartsWith('[')
        ? IPAddress.TryParse(host[1..^1], out var address)
            && address.AddressFamily is AddressFamily.InterNetworkV6
            && !host.Contains('%', StringComparison.Ordinal)
        : IsAddress(host) || (host.Length <= 253 && Name().IsMatch(host));

    // 127.1, 0x7f.0.0.1 and 2130706433 are addresses, too, to some.
    private static bool IsAddress(string host) =>
        IPAddress.TryParse(host, out var address)
        && address.AddressFamily is AddressFamily.InterNetwork
        && address.ToString() == host;

    private static bool IsPort(string text) => text is "" || (Port().IsMatch(text) && int.Parse(
        text.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) <= ushort.MaxValue);

    private static string UpTo(string text, char first, char second) =>
        text.AsSpan().IndexOfAny(first, second) is var end and >= 0 ? text[..end] : text;

    [GeneratedRegex(@"\A(?<name>[a-z][a-z0-9+.-]*):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex SchemeOf();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})|%[01][0-9A-Fa-f]|%7[Ff]|%5[Cc]", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex BadEscape();

    // The last label begins with a letter: nothing that ends in a number is a name.
    [GeneratedRegex(
        @"\A([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A:[1-9][0-9]{0,4}\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Port();
}
