using System.Globalization;

namespace Dashboard.Core.Scopes;

/// <summary>Where a protected resource is, in the one spelling in which requests are compared with it.</summary>
/// <param name="Host">As <see cref="HostOf(string)"/> spells it.</param>
/// <param name="Path">As <see cref="RequestTarget"/> reads it.</param>
internal sealed record ResourcePlace(string Host, string Path)
{
    /// <summary>
    /// The place of an absolute URI; null for one that is only a name for tokens' audiences, or whose path could be read in
    /// two ways.
    /// </summary>
    public static ResourcePlace? Of(string resource) =>
        new Uri(resource) is var address && IsPlace(address) && RequestTarget.PathOf(address.AbsolutePath) is { } path
            ? new ResourcePlace(HostOf(address), path)
            : null;

    /// <summary>True for what requests can be sent to.</summary>
    public static bool IsPlace(Uri address) => address.Scheme is "https" or "http";

    /// <summary>
    /// One spelling of a host: small letters, without the root's dot and the ports that go without saying. Null for what is
    /// no host.
    /// </summary>
    public static string? HostOf(string host) =>
        Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address)
        && address is { UserInfo: "", PathAndQuery: "/", Fragment: "" }
            ? HostOf(address)
            : null;

    /// <summary>True where a request to this path is for what is here.</summary>
    public bool Covers(string path) => Path is "/"
        || (path.StartsWith(Path, StringComparison.OrdinalIgnoreCase) && (path.Length == Path.Length || path[Path.Length] == '/'));

    private static string HostOf(Uri address)
    {
        var name = address.IdnHost.TrimEnd('.').ToLowerInvariant();
        return address.Port is 443 or 80 or -1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{address.Port}");
    }
}
