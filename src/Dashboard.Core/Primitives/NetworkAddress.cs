using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dashboard.Core.Primitives;

/// <summary>
/// Who is counted as one by the network: an IPv4 address, or the 64 bits of an IPv6 network, in which anybody may choose
/// addresses freely. The default is whoever has no known address.
/// </summary>
public readonly record struct NetworkAddress
{
    private const int NetworkBits = 64;

    private readonly UInt128 _bits;

    private NetworkAddress(UInt128 bits) => _bits = bits;

    /// <summary>The network of an address; the default where there is none.</summary>
    public static NetworkAddress Of(IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            bytes[10] = bytes[11] = 0xff;
            address.TryWriteBytes(bytes[12..], out _);
            return new NetworkAddress(BinaryPrimitives.ReadUInt128BigEndian(bytes));
        }

        address.TryWriteBytes(bytes, out _);
        var bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return new NetworkAddress(address.IsIPv4MappedToIPv6 ? bits : bits >> NetworkBits << NetworkBits);
    }

    /// <summary>The same for an address as events carry it.</summary>
    public static NetworkAddress Of(string? address) => Of(IPAddress.TryParse(address, out var parsed) ? parsed : null);

    /// <summary>
    /// For people: an IPv4 address as it is, the network of an IPv6 address with its length; what is no address as it is.
    /// </summary>
    public static string? TextOf(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed)
            || parsed.AddressFamily is not AddressFamily.InterNetworkV6
            || parsed.IsIPv4MappedToIPv6)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, out _);
        bytes[(NetworkBits / 8)..].Clear();
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{NetworkBits}");
    }

    /// <summary>Hexadecimal; for keys, not for people.</summary>
    public override string ToString() => _bits.ToString("x32", CultureInfo.InvariantCulture);
}
