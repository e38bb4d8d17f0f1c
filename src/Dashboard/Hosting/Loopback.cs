using System.Net;

namespace Dashboard.Hosting;

/// <summary>What counts as this machine.</summary>
internal static class Loopback
{
    /// <summary>True where the peer is on this machine; a request without a network has no peer and is.</summary>
    public static bool IsPeer(HttpContext context) =>
        context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    /// <summary>True for names and addresses of this machine.</summary>
    public static bool IsHost(HostString host) =>
        string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address));
}
