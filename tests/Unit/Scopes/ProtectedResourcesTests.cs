using Dashboard.Core.Scopes;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Scopes;

public sealed class ProtectedResourcesTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/mcp?x=/../y", "/mcp")]
    [InlineData("//mcp///tools/", "/mcp/tools")]
    [InlineData("/%6Dcp", "/mcp")]
    [InlineData("/a%20b", "/a b")]
    [InlineData("/.well-known/x", "/.well-known/x")]
    [InlineData("/100%25", "/100%")]
    [InlineData("/mcp?x=1;y", "/mcp")]
    public void Path_is_what_every_server_reads(string target, string path) => Assert.Equal(path, RequestTarget.PathOf(target));

    [Theory]
    [InlineData("")]
    [InlineData("mcp")]
    [InlineData("https://api.example.com/mcp")]
    [InlineData("/open/../mcp")]
    [InlineData("/open/./mcp")]
    [InlineData("/open/..;/mcp")]
    [InlineData("/open/%2e%2E/mcp")]
    [InlineData("/open%2fmcp")]
    [InlineData("/open%5C..%5cmcp")]
    [InlineData("/open\\mcp")]
    [InlineData("/mcp%00")]
    [InlineData("/mcp;x=1/tools")]
    [InlineData("/mcp%3Bx=1/tools")]
    [InlineData("/;/mcp")]
    [InlineData("/mcp%0d%0a")]
    public void Path_that_two_servers_could_read_differently_is_none(string target) => Assert.Null(RequestTarget.PathOf(target));

    [Theory]
    [InlineData("api.example.com", "/", null)]
    [InlineData("api.example.com", "/mcp", "https://api.example.com/mcp")]
    [InlineData("API.Example.com.", "/mcp/tools", "https://api.example.com/mcp")]
    [InlineData("api.example.com:443", "/MCP", "https://api.example.com/mcp")]
    [InlineData("api.example.com:80", "/mcp", "https://api.example.com/mcp")]
    [InlineData("api.example.com", "/mcp/admin/users", "https://api.example.com/mcp/admin")]
    [InlineData("api.example.com", "/caf\u00e9/menu", "https://api.example.com/caf%C3%A9")]
    [InlineData("api.example.com", "/CAF\u00c9", "https://api.example.com/caf%C3%A9")]
    [InlineData("api.example.com", "/a b", "https://api.example.com/a%20b")]
    [InlineData("files.example.com", "/", "https://files.example.com")]
    [InlineData("api.example.com", "/mcp-other", null)]
    [InlineData("api.example.com:8443", "/mcp", null)]
    [InlineData("files.example.com", "/anything", "https://files.example.com")]
    [InlineData("files.example.com:9000", "/anything", "https://files.example.com:9000")]
    [InlineData("other.example.com", "/mcp", null)]
    [InlineData("user@api.example.com", "/mcp", null)]
    [InlineData("api.example.com/mcp", "/", null)]
    [InlineData("", "/mcp", null)]
    public void Resource_of_a_request_is_the_most_specific_one_that_covers_it(string host, string path, string? resource) =>
        Assert.Equal(resource, Create().FindFor(host, path)?.Resource);

    [Theory]
    [InlineData("/mcp", "https://api.example.com/mcp")]
    [InlineData("/mcp/admin", "https://api.example.com/mcp/admin")]
    [InlineData("/caf\u00e9", "https://api.example.com/caf%C3%A9")]
    [InlineData("/mcp/admin/", null)]
    [InlineData("/", null)]
    [InlineData("/mcp/tools", null)]
    [InlineData("/MCP", null)]
    public void Resource_at_an_address_is_exactly_that_one(string path, string? resource) =>
        Assert.Equal(resource, Create().Find("api.example.com", path)?.Resource);

    [Theory]
    [InlineData("api.example.com/mcp")]
    [InlineData("/mcp")]
    [InlineData("https://api.example.com/mcp#part")]
    [InlineData("https://api.example.com/mcp#")]
    [InlineData("https://api.example.com/mcp?x=1")]
    public void Resource_that_is_no_identifier_is_a_wrong_setting(string resource) =>
        Assert.True(Check(new ProtectedResource { Resource = resource }).Failed);

    [Theory]
    [InlineData("https://api.example.com/mcp/")]
    [InlineData("https://api.example.com/a//b")]
    [InlineData("https://api.example.com/a;x=1")]
    [InlineData("https://api.example.com/a%2Fb")]
    [InlineData("https://api.example.com/a%5cb")]
    public void Resource_that_no_request_would_be_found_to_be_for_is_a_wrong_setting(string resource) =>
        Assert.True(Check(new ProtectedResource { Resource = resource }).Failed);

    [Theory]
    [InlineData("https://api.example.com/mcp", "https://API.example.com:443/mcp")]
    [InlineData("https://api.example.com/mcp", "http://api.example.com/mcp")]
    [InlineData("https://api.example.com/mcp", "https://api.example.com/MCP")]
    [InlineData("https://api.example.com", "https://api.example.com/")]
    public void Place_that_is_named_twice_is_a_wrong_setting(string one, string other)
    {
        var (first, second) = (new ProtectedResource { Resource = one }, new ProtectedResource { Resource = other });

        Assert.True(Check(first).Succeeded);
        Assert.True(Check(second).Succeeded);
        Assert.True(Check(first, second).Failed);
    }

    [Fact]
    public void Names_of_audiences_are_no_places()
    {
        var names = new ProtectedResourceOptions { ProtectedResources = [new ProtectedResource { Resource = "urn:example:api" }] };

        Assert.True(Create().HavePlaces);
        Assert.False(new ProtectedResources(Options.Create(names)).HavePlaces);
    }

    [Fact]
    public void What_is_null_is_a_wrong_setting()
    {
        Assert.True(Check([null!]).Failed);
        Assert.True(Check(new ProtectedResource { Resource = null! }).Failed);
        Assert.True(Check(new ProtectedResource { Resource = "urn:api", Scopes = null! }).Failed);
        Assert.True(Check(new ProtectedResource { Resource = "urn:api", Scopes = [null!] }).Failed);
        Assert.True(Rules.Validate(null, new ProtectedResourceOptions { ProtectedResources = null! }).Failed);
        Assert.True(Rules.Validate(null, new ProtectedResourceOptions { OtherHosts = null! }).Failed);
        Assert.True(Rules.Validate(null, new ProtectedResourceOptions { OtherHosts = [null!] }).Failed);
        Assert.True(Rules.Validate(null, new ProtectedResourceOptions { OtherHosts = ["https://api.example.com"] }).Failed);
    }

    [Theory]
    [InlineData("api.example.com", true)]
    [InlineData("FILES.example.com.:9000", true)]
    [InlineData("old.example.com", true)]
    [InlineData("old.example.com:9000", true)]
    [InlineData("old.example.com:9001", false)]
    [InlineData("evil", false)]
    [InlineData("", false)]
    [InlineData("api.example.com@evil", false)]
    public void Host_is_known_where_a_resource_is_or_where_it_is_named(string host, bool isKnown) =>
        Assert.Equal(isKnown, Create().Knows(host));

    [Fact]
    public void Resource_that_is_named_twice_or_needs_what_no_token_holds_is_a_wrong_setting()
    {
        Assert.True(Check(new ProtectedResource { Resource = "urn:api" }).Succeeded);
        Assert.True(Check(new ProtectedResource { Resource = "urn:api" }, new ProtectedResource { Resource = "urn:api" }).Failed);
        Assert.True(Check(new ProtectedResource { Resource = "urn:api", Scopes = ["a b"] }).Failed);
    }

    private static ProtectedResourceOptionsRules Rules { get; } = new();

    private static ValidateOptionsResult Check(params ProtectedResource[] resources) =>
        Rules.Validate(null, new ProtectedResourceOptions { ProtectedResources = [.. resources] });

    private static ProtectedResources Create() => new(Options.Create(new ProtectedResourceOptions
    {
        ProtectedResources =
        [
            new ProtectedResource { Resource = "urn:example:no-place" },
            new ProtectedResource { Resource = "https://api.example.com/mcp" },
            new ProtectedResource { Resource = "https://api.example.com/mcp/admin" },
            new ProtectedResource { Resource = "https://api.example.com/caf%C3%A9" },
            new ProtectedResource { Resource = "https://api.example.com/a%20b" },
            new ProtectedResource { Resource = "https://files.example.com" },
            new ProtectedResource { Resource = "https://files.example.com:9000" },
        ],
        OtherHosts = ["Old.example.com:443", "old.example.com:9000"],
    }));
}
