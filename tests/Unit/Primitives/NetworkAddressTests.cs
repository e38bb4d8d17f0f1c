using System.Net;
using Dashboard.Core.Primitives;

namespace Dashboard.Tests.Unit.Primitives;

public sealed class NetworkAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff")]
    [InlineData("fe80::1", "fe80::2%5")]
    [InlineData(null, null)]
    [InlineData(null, "nonsense")]
    public void Counted_as_one(string? first, string? second) => Assert.Equal(NetworkAddress.Of(first), NetworkAddress.Of(second));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.8")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1")]
    [InlineData("::ffff:203.0.113.7", "::ffff:203.0.113.8")]
    [InlineData("0.0.0.0", null)]
    public void Counted_apart(string first, string? second)
    {
        Assert.NotEqual(NetworkAddress.Of(first), NetworkAddress.Of(second));
        Assert.NotEqual(NetworkAddress.Of(first).ToString(), NetworkAddress.Of(second).ToString());
    }

    [Fact]
    public void Text_and_address_agree() =>
        Assert.Equal(NetworkAddress.Of("2001:db8::1"), NetworkAddress.Of(IPAddress.Parse("2001:db8::9")));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "::ffff:203.0.113.7")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    [InlineData("fe80::2%5", "fe80::/64")]
    [InlineData("nobody", "nobody")]
    [InlineData(null, null)]
    public void Text_names_the_network(string? address, string? text) => Assert.Equal(text, NetworkAddress.TextOf(address));
}
