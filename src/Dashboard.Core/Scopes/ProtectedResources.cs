using Microsoft.Extensions.Options;

namespace Dashboard.Core.Scopes;

/// <summary>Finds the protected resource that an address belongs to.</summary>
public sealed class ProtectedResources
{
    private readonly IReadOnlyList<(ProtectedResource Resource, ResourcePlace Place)> _places;
    private readonly HashSet<string> _hosts;

    internal ProtectedResources(IOptions<ProtectedResourceOptions> options)
    {
        All = options.Value.ProtectedResources;

        // The most specific first.
        _places =
        [
            .. All.Select(resource => (Resource: resource, Place: ResourcePlace.Of(resource.Resource)!))
                .Where(item => item.Place is not null)
                .OrderByDescending(item => item.Place.Path.Length),
        ];
        _hosts = new HashSet<string>(
            _places.Select(item => item.Place.Host).Concat(options.Value.OtherHosts.Select(ResourcePlace.HostOf).OfType<string>()),
            StringComparer.Ordinal);
    }

    /// <summary>As configured.</summary>
    public IReadOnlyList<ProtectedResource> All { get; }

    /// <summary>False where all are mere names of audiences: then no request has a rule that could be missed.</summary>
    public bool HavePlaces => _places is not [];

    /// <summary>True where a resource is at this host, or <see cref="ProtectedResourceOptions.OtherHosts"/> names it.</summary>
    public bool Knows(string host) => ResourcePlace.HostOf(host) is { } name && _hosts.Contains(name);

    /// <summary>The resource with exactly this host and path; null where there is none.</summary>
    /// <param name="host">The host, with its port where it has an unusual one.</param>
    /// <param name="path">The path, decoded.</param>
    public ProtectedResource? Find(string host, string path) => ResourcePlace.HostOf(host) is { } name
        ? _places.FirstOrDefault(item =>
            item.Place.Host == name && string.Equals(item.Place.Path, path, StringComparison.Ordinal)).Resource
        : null;

    /// <summary>
    /// The most specific resource that a request to this host and path is for; null where it is for none. Letters' case is
    /// ignored: many servers do so, and the rule of a resource must hold for each spelling of its path.
    /// </summary>
    /// <param name="host">The host, with its port where it has an unusual one.</param>
    /// <param name="path">A path as <see cref="RequestTarget"/> reads it.</param>
    public ProtectedResource? FindFor(string host, string path) => ResourcePlace.HostOf(host) is { } name
        ? _places.FirstOrDefault(item => item.Place.Host == name && item.Place.Covers(path)).Resource
        : null;
}
