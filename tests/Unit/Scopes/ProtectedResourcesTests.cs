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
    [InlineData("/mcp%0d%0a")]
    public void Path_that_two_servers_could_read_differently_is_none(string target) => Assert.Null(RequestTarget.PathOf(target));

    [Theory]
    [InlineData("api.example.com", "/", null)]
    [InlineData("api.example.com", "/mcp", "https://api.example.com/mcp")]
    [InlineData("API.Example.com.", "/mcp/tools", "https://api.example.com/mcp")]
    [InlineData("api.example.com:443", "/MCP", "https://api.example.com/mcp")]
    [InlineData("api.example.com:80", "/mcp", "https://api.example.com/mcp")]
    [InlineData("api.example.com", "/mcp/admin/users", "https://api.example.com/mcp/admin/")]
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
    [InlineData("/mcp/admin", "https://api.example.com/mcp/admin/")]
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

    [Fact]
    public void Resource_that_is_named_twice_or_needs_what_no_token_holds_is_a_wrong_setting()
    {
        Assert.True(Check(new ProtectedResource { Resource = "urn:api" }).Succeeded);
        Assert.True(Check(new ProtectedResource { Resource = "urn:api" }, new ProtectedResource { Resource = "urn:api" }).Failed);
        Assert.True(Check(new ProtectedResource { Resource = "urn:api", Scopes = ["a b"] }).Failed);
    }

    private static ValidateOptionsResult Check(params ProtectedResource[] resources) =>
        new ProtectedResourceOptionsRules().Validate(null, new ProtectedResourceOptions { ProtectedResources = [.. resources] });

    private static ProtectedResources Create() => new(Options.Create(new ProtectedResourceOptions
    {
        ProtectedResources =
        [
            new ProtectedResource { Resource = "urn:example:no-place" },
            new ProtectedResource { Resource = "https://api.example.com/mcp" },
            new ProtectedResource { Resource = "https://api.example.com/mcp/admin/" },
            new ProtectedResource { Resource = "https://files.example.com" },
            new ProtectedResource { Resource = "https://files.example.com:9000" },
        ],
    }));
}
