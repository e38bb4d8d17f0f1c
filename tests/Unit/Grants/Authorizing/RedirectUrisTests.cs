using Dashboard.Core.Grants.Authorizing;

namespace Dashboard.Tests.Unit.Grants.Authorizing;

public sealed class RedirectUrisTests
{
    [Theory]
    [InlineData("https://app.example.com/back?x=1&y=%2F", true)]
    [InlineData("https://app.example.com/back?x=1&y=%2f", false)]
    [InlineData("https://app.example.com/back?x=1&y=/", false)]
    [InlineData("https://app.example.com/back?y=%2F&x=1", false)]
    [InlineData("https://app.example.com/back", false)]
    [InlineData("https://app.example.com/back?x=1&y=%2F&z=1", false)]
    [InlineData("https://app.example.com/back?x=1&y=%2F#", false)]
    [InlineData("https://app.example.com/back/?x=1&y=%2F", false)]
    [InlineData("https://app.example.com/./back?x=1&y=%2F", false)]
    [InlineData("https://app.example.com:443/back?x=1&y=%2F", false)]
    [InlineData("https://APP.example.com/back?x=1&y=%2F", false)]
    [InlineData("HTTPS://app.example.com/back?x=1&y=%2F", false)]
    [InlineData("http://app.example.com/back?x=1&y=%2F", false)]
    [InlineData("https://app.example.com.evil.test/back?x=1&y=%2F", false)]
    [InlineData("https://app.example.com@evil.test/back?x=1&y=%2F", false)]
    [InlineData(" https://app.example.com/back?x=1&y=%2F", false)]
    [InlineData("https://app.example.com/back?x=1&y=%2F ", false)]
    [InlineData("http://127.0.0.1:4000/back", true)]
    [InlineData("http://127.0.0.1:4001/back", false)]
    public void Address_is_compared_character_by_character(string asked, bool isRegistered) =>
        Assert.Equal(isRegistered, RedirectUris.IsRegistered(AskingClient.Good, asked));

    [Theory]
    [InlineData("http://127.0.0.1:4000/back", true)]
    [InlineData("http://127.0.0.1:50123/back", true)]
    [InlineData("http://127.0.0.1/back", true)]
    [InlineData("http://127.0.0.1:65536/back", false)]
    [InlineData("http://127.0.0.1:0/back", false)]
    [InlineData("http://127.0.0.1:/back", false)]
    [InlineData("http://127.0.0.1:50123/other", false)]
    [InlineData("http://127.0.0.1:50123/back?x=1", false)]
    [InlineData("http://127.0.0.1:50123/back#x", false)]
    [InlineData("http://127.0.0.1:50123@evil.test/back", false)]
    [InlineData("http://127.0.0.2:50123/back", false)]
    [InlineData("http://localhost:50123/back", false)]
    [InlineData("https://127.0.0.1:50123/back", false)]
    [InlineData("http://[::1]:50123/back", false)]
    [InlineData("http://[::1]:50123/six", true)]
    [InlineData("https://app.example.com:8443/back", false)]
    public void Native_program_on_loopback_takes_any_port_and_nothing_else(string asked, bool isRegistered)
    {
        var native = AskingClient.Good with
        {
            RedirectUris = ["http://127.0.0.1:4000/back", "http://[::1]/six", "https://app.example.com/back"],
            Details = AskingClient.Good.Details with { ApplicationType = "native" },
        };

        Assert.Equal(isRegistered, RedirectUris.IsRegistered(native, asked));
    }
}
