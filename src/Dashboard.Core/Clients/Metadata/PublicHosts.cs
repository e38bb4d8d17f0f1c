using System.Net;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients.Metadata;

/// <summary>Which hosts, as addresses name them, lie in the public internet. Everything else is somebody's inside.</summary>
internal static class PublicHosts
{
    private static readonly string[] InsideNames =
    [
        "localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "invalid", "onion",
    ];

    /// <summary>
    /// True for a public IP address, and for a name that is not known to be an inside one. What a name leads to is only known
    /// once it is looked up.
    /// </summary>
    public static bool Allows(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            return PublicAddresses.Contains(address);
        }

        var labels = host.Split('.');
        return labels.Length > 1 && !InsideNames.Contains(labels[^1], StringComparer.OrdinalIgnoreCase);
    }
}
