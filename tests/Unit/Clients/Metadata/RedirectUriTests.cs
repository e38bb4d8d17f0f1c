using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Metadata;

namespace Dashboard.Tests.Unit.Clients.Metadata;

/// <summary>Where answers of authorizations may go, and where not.</summary>
public sealed class RedirectUriTests
{
    [Theory]
    [InlineData("https://app.example.com/callback", "web")]
    [InlineData("https://app.example.com", "web")]
    [InlineData("https://app.example.com:8443/cb?x=1&y=%2F", "web")]
    [InlineData("https://App.Example.com/CB", "web")]
    [InlineData("https://8.8.8.8/cb", "web")]
    [InlineData("https://[2606:4700:4700::1111]/cb", "web")]
    [InlineData("https://xn--bcher-kva.example/cb", "web")]
    [InlineData("https://app.example.com/a/.well-known/..b", "web")]
    [InlineData("http://127.0.0.1/cb", "native")]
    [InlineData("http://127.0.0.1:51004/cb", "native")]
    [InlineData("http://[::1]:8080/cb", "native")]
    [InlineData("com.example.app:/oauth2redirect", "native")]
    [InlineData("com.example.app://callback/x", "native")]
    public void Good_address_is_taken(string uri, string type) => Assert.Empty(FaultsOf(type, uri));

    [Theory]
    // Not an address, or one that programs read differently.
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("/callback")]
    [InlineData("//app.example.com/cb")]
    [InlineData("app.example.com/cb")]
    [InlineData("https:app.example.com/cb")]
    [InlineData("https:/app.example.com/cb")]
    [InlineData("https:///cb")]
    [InlineData("https://")]
    [InlineData("HTTPS://app.example.com/cb")]
    [InlineData(" https://app.example.com/cb")]
    [InlineData("https://app.example.com/cb ")]
    [InlineData("https://app.example.com/a b")]
    [InlineData("https://app.example.com\\@evil.example/cb")]
    [InlineData("https:\\\\app.example.com\\cb")]
    [InlineData("https://app.example.com/cb\r\nX: y")]
    [InlineData("https://app.example.com/cb\0")]
    [InlineData("https://app.example.com/cb%0d%0aX")]
    [InlineData("https://app.example.com/cb%00")]
    [InlineData("https://app.example.com/%5c..")]
    [InlineData("https://app.example.com/cb%")]
    [InlineData("https://app.example.com/cb%2")]
    [InlineData("https://app.example.com/<script>")]
    [InlineData("https://bücher.example/cb")]
    [InlineData("https://app.example.com/caf\u00e9")]
    [InlineData("https://app.example.com/cb[0]")]
    // Parts that an address for answers does not have.
    [InlineData("https://app.example.com/cb#")]
    [InlineData("https://app.example.com/cb#token")]
    [InlineData("https://user@app.example.com/cb")]
    [InlineData("https://user:password@app.example.com/cb")]
    [InlineData("https://app.example.com@evil.example/cb")]
    [InlineData("https://*.example.com/cb")]
    [InlineData("https://app.example.com/*")]
    [InlineData("https://app.example.com/a/../cb")]
    [InlineData("https://app.example.com/./cb")]
    [InlineData("https://app.example.com/a/%2e%2E/cb")]
    [InlineData("https://app.example.com/a/.%2e")]
    // Hosts and ports that are none.
    [InlineData("https://app_1.example.com/cb")]
    [InlineData("https://-app.example.com/cb")]
    [InlineData("https://app..example.com/cb")]
    [InlineData("https://app.example.com./cb")]
    [InlineData("https://%61pp.example.com/cb")]
    [InlineData("https://app.example.com:/cb")]
    [InlineData("https://app.example.com:0/cb")]
    [InlineData("https://app.example.com:65536/cb")]
    [InlineData("https://app.example.com:08443/cb")]
    [InlineData("https://[2606:4700:4700::1111%25eth0]/cb")]
    [InlineData("https://[::1/cb")]
    // Schemes.
    [InlineData("http://app.example.com/cb")]
    [InlineData("http://localhost/cb")]
    [InlineData("http://127.0.0.2/cb")]
    [InlineData("http://127.1/cb")]
    [InlineData("http://[::ffff:127.0.0.1]/cb")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("vbscript:x")]
    [InlineData("blob:https://app.example.com/x")]
    [InlineData("about:blank")]
    [InlineData("ftp://app.example.com/cb")]
    [InlineData("ws://app.example.com/cb")]
    [InlineData("myapp:/cb")]
    [InlineData("com.example.app:")]
    [InlineData(".example:/cb")]
    public void Bad_address_is_refused_whoever_the_client_is(string uri)
    {
        foreach (var type in new[] { "web", "native" })
        {
            var fault = Assert.Single(FaultsOf(type, uri));
            Assert.Equal("redirect_uris[0]", fault.Field);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1/cb")]
    [InlineData("http://[::1]/cb")]
    [InlineData("com.example.app:/cb")]
    public void Only_native_clients_stay_on_the_device(string uri) => Assert.Single(FaultsOf("web", uri));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.3.4")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("224.0.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[::7f00:1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[fc00::1]")]
    [InlineData("[fd12:3456:789a::1]")]
    [InlineData("[fe80::1]")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("[2001::1]")]
    [InlineData("localhost")]
    [InlineData("app.localhost")]
    [InlineData("printer.local")]
    [InlineData("metadata.google.internal")]
    [InlineData("intranet")]
    [InlineData("nas.lan")]
    [InlineData("1.0.0.127.in-addr.arpa")]
    public void Inside_hosts_are_for_clients_that_operators_made(string host)
    {
        var draft = Drafts.Web() with
        {
            RedirectUris = [$"https://{host}/cb"],
            Details = new ClientDetails { LogoUri = $"https://{host}/logo.png" },
        };

        Assert.Equal(
            ["logo_uri", "redirect_uris[0]"],
            ClientMetadataRules.FaultsOf(draft, isSelfRegistered: true).Select(fault => fault.Field).Order());
        Assert.Empty(ClientMetadataRules.FaultsOf(draft, isSelfRegistered: false));
        Assert.Equal(
            "jwks_uri",
            Assert.Single(ClientMetadataRules.FaultsOf(
                draft with { Details = new ClientDetails { JwksUri = $"https://{host}/jwks" } }, isSelfRegistered: false)).Field);
    }

    [Fact]
    public void One_to_ten_different_addresses_of_at_most_2000_characters()
    {
        string[] ten = [.. Enumerable.Range(0, 10).Select(number => $"https://app.example.com/{number}")];
        var longest = "https://app.example.com/".PadRight(2_000, 'a');

        Assert.Empty(FaultsOf("web", ten));
        Assert.Empty(FaultsOf("web", longest));
        Assert.Single(FaultsOf("web", longest + "a"));
        Assert.Single(FaultsOf("web", [.. ten, "https://app.example.com/10"]));
        Assert.Single(FaultsOf("web", ten[0], ten[0]));
        Assert.Single(FaultsOf("web"));
    }

    private static IReadOnlyList<Core.Primitives.FieldFault> FaultsOf(string type, params string[] uris) => ClientMetadataRules.FaultsOf(
        Drafts.Web() with { RedirectUris = uris, Details = new ClientDetails { ApplicationType = type } }, isSelfRegistered: true);
}
