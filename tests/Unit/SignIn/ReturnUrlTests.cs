using Dashboard.SignIn;

namespace Dashboard.Tests.Unit.SignIn;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/tokens")]
    [InlineData("/tokens?status=live&search=a%20b")]
    [InlineData("/tokens/abc-DEF_1#claims")]
    [InlineData("/inspect?at=http://example.com/")]
    [InlineData("/loginhistory")]
    public void Local_keeps_our_own_pages(string url) => Assert.Equal(url, ReturnUrl.Local(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" /tokens")]
    [InlineData("tokens")]
    [InlineData("https://evil.test")]
    [InlineData("//evil.test")]
    [InlineData("///evil.test")]
    [InlineData("/\\evil.test")]
    [InlineData("\\\\evil.test")]
    [InlineData("/tokens\\evil")]
    [InlineData("/\t/evil.test")]
    [InlineData("/\n/evil.test")]
    [InlineData("/\r\nLocation: https://evil.test")]
    [InlineData("/\0")]
    [InlineData("/tokens\n")]
    [InlineData("/%2f/evil.test")]
    [InlineData("/%2Fevil.test")]
    [InlineData("/%5cevil.test")]
    [InlineData("/%5C%5Cevil.test")]
    [InlineData("/%09/evil.test")]
    [InlineData("/%0d%0aSet-Cookie:x")]
    [InlineData("/%252fevil.test")]
    [InlineData("/./%2fevil.test")]
    [InlineData("/.//evil.test")]
    [InlineData("/tokens//evil.test")]
    [InlineData("/..//evil.test")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("/\u2028evil")]
    [InlineData("/töken")]
    [InlineData("/login?returnUrl=/login")]
    [InlineData("/LOGOUT")]
    [InlineData("/change-password")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("?a=b")]
    [InlineData("@evil.test")]
    public void Local_leads_home_from_everything_else(string? url) => Assert.Equal("/", ReturnUrl.Local(url));

    [Fact]
    public void Local_stands_on_the_limit_of_length()
    {
        Assert.NotEqual("/", ReturnUrl.Local("/" + new string('a', 3_999)));
        Assert.Equal("/", ReturnUrl.Local("/" + new string('a', 4_000)));
    }
}
