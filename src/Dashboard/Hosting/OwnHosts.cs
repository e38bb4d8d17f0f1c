using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Dashboard.Hosting;

/// <summary>
/// Knows for which hosts this server answers: those of <c>AllowedHosts</c>, and where that names none, those of the issuer
/// and of <c>Hosting:Origins</c>. This machine's own names are always among the latter.
/// </summary>
internal sealed class OwnHosts(IConfiguration configuration, IOptions<SignetOptions> signet, IOptions<HostingOptions> hosting)
{
    private readonly List<StringSegment> _named = Named(configuration["AllowedHosts"]);

    private readonly HashSet<string> _own = new(
        hosting.Value.Origins.Append(signet.Value.Issuer).Select(address => new Uri(address).Host),
        StringComparer.OrdinalIgnoreCase);

    public bool Contains(HostString host) =>
        host.HasValue && (_named is [] ? _own.Contains(host.Host) || Loopback.IsHost(host) : IsNamed(host));

    private bool IsNamed(HostString host) =>
        _named.Contains("*") || HostString.MatchesAny(host.Host, _named);

    private static List<StringSegment> Named(string? setting) =>
        [.. (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(host => new StringSegment(host))];
}
