using System.Net;
using System.Net.Sockets;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>The network that an address lies in, coarse enough to survive a new lease.</summary>
internal static class NetworkPrefix
{
    /// <summary>The /24 or /48; null for loopback, private, link-local and shared addresses, which say nothing.</summary>
    public static string? Of(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        if (plain.AddressFamily is AddressFamily.InterNetwork)
        {
            return IPAddress.IsLoopback(plain) || IsPrivate(bytes) ? null : $"{bytes[0]}.{bytes[1]}.{bytes[2]}.0/24";
        }

        return IPAddress.IsLoopback(plain) || plain.IsIPv6LinkLocal || plain.IsIPv6UniqueLocal || plain.IsIPv6SiteLocal
            ? null
            : Convert.ToHexStringLower(bytes.AsSpan(0, 6)) + "/48";
    }

    private static bool IsPrivate(byte[] address) => address switch
    {
        [10, ..] or [127, ..] or [0, ..] => true,
        [172, >= 16 and <= 31, ..] => true,
        [192, 168, ..] or [169, 254, ..] => true,
        [100, >= 64 and <= 127, ..] => true,
        _ => false,
    };
}
