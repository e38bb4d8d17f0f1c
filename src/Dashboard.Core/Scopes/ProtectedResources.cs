using Microsoft.Extensions.Options;

namespace Dashboard.Core.Scopes;

/// <summary>Finds the protected resource that an address belongs to.</summary>
public sealed class ProtectedResources
{
    private readonly IReadOnlyList<Place> _places;

    internal ProtectedResources(IOptions<ProtectedResourceOptions> options)
    {
        All = options.Value.ProtectedResources;

        // The most specific first.
        _places = [.. All.Select(Place.Of).OfType<Place>().OrderByDescending(place => place.Path.Length)];
    }

    /// <summary>As configured.</summary>
    public IReadOnlyList<ProtectedResource> All { get; }

    /// <summary>The resource with exactly this host and path; null where there is none.</summary>
    public ProtectedResource? Find(string host, string path) => HostOf(host) is { } name
        ? _places.FirstOrDefault(place =>
            place.Host == name && string.Equals(place.Path, path.TrimEnd('/'), StringComparison.Ordinal))?.Resource
        : null;

    /// <summary>
    /// The most specific resource that a request to this host and path is for; null where it is for none. Letters' case is
    /// ignored: many servers do so, and the rule of a resource must hold for each spelling of its path.
    /// </summary>
    /// <param name="host">The host, with its port where it has an unusual one.</param>
    /// <param name="path">A path as <see cref="RequestTarget"/> reads it.</param>
    public ProtectedResource? FindFor(string host, string path) => HostOf(host) is { } name
        ? _places.FirstOrDefault(place => place.Host == name && Covers(place.Path, path))?.Resource
        : null;

    private static bool Covers(string prefix, string path) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (path.Length == prefix.Length || path[prefix.Length] == '/');

    // One spelling of a host: small letters, without the root's dot and the ports that go without saying.
    private static string? HostOf(string host) =>
        Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address)
        && address is { UserInfo: "", PathAndQuery: "/", Fragment: "" }
            ? HostOf(address)
            : null;

    private static string HostOf(Uri address)
    {
        var name = address.IdnHost.TrimEnd('.').ToLowerInvariant();
        return address.Port is 443 or 80 or -1 ? name : string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{name}:{address.Port}");
    }

    private sealed record Place(ProtectedResource Resource, string Host, string Path)
    {
        // Others are names for tokens' audiences, and no places.
        public static Place? Of(ProtectedResource resource) =>
            new Uri(resource.Resource) is { Scheme: "https" or "http" } address
                ? new Place(resource, HostOf(address), address.AbsolutePath.TrimEnd('/'))
                : null;
    }
}
