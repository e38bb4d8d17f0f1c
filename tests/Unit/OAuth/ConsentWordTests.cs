using Dashboard.OAuth.Authorize;

namespace Dashboard.Tests.Unit.OAuth;

public sealed class ConsentWordTests
{
    [Theory]
    [InlineData("read", "Read your data")]
    [InlineData("files:read", "Read files")]
    [InlineData("files:*", "Do everything with files")]
    [InlineData("mail.write", "Read and change mail")]
    [InlineData("user_notes:delete", "Delete from user notes")]
    [InlineData("admin", "Do everything that you may do")]
    [InlineData("offline_access", "Act for you while you are away")]
    [InlineData("mcp", "Use mcp")]
    [InlineData("tools:call", "Use tools call")]
    public void Scope_is_said_in_words(string scope, string words) => Assert.Equal(words, ScopeWords.Of(scope));

    [Theory]
    [InlineData("https://app.example.com/back?x=1", "app.example.com")]
    [InlineData("https://app.example.com:8443/back", "app.example.com:8443")]
    [InlineData("https://xn--e1awd7f.example/back", "xn--e1awd7f.example")]
    [InlineData("http://127.0.0.1:4000/back", "127.0.0.1:4000")]
    [InlineData("http://[::1]:4000/back", "[::1]:4000")]
    [InlineData("com.example.app:/back", "com.example.app")]
    public void Place_is_named_as_people_know_it(string redirectUri, string place) =>
        Assert.Equal(place, RedirectPlace.Of(redirectUri));
}
