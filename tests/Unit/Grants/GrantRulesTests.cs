using Dashboard.Core.Clients;
using Dashboard.Core.Grants;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Grants;

public sealed class GrantRulesTests
{
    private static readonly Client Client = GrantCore.App;

    private readonly GrantRules _rules = new(
        Options.Create(new ProtectedResourceOptions { ProtectedResources = [new ProtectedResource { Resource = GrantCore.Api }] }),
        Options.Create(new SignetOptions { Audience = "https://signet.example.com" }));

    [Fact]
    public void Asked_for_nothing_all_of_the_clients_scopes_are_granted_for_our_own_audience()
    {
        var allowed = Assert.IsType<GrantCheck.Allowed>(_rules.Check(Client, null, null));

        Assert.Equal(Client.Scopes, allowed.Scopes);
        Assert.Null(allowed.Resource);
    }

    [Theory]
    [InlineData("profile")]
    [InlineData("files:*")]
    [InlineData("files:read")]
    [InlineData("files:a:*")]
    [InlineData("mail profile mail")]
    public void Asked_for_its_own_scopes_exactly_these_are_granted(string scopes)
    {
        Assert.Equal(
            scopes.Split(' ').Distinct(), Assert.IsType<GrantCheck.Allowed>(_rules.Check(Client, scopes, null)).Scopes);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("*")]
    [InlineData("profile:*")]
    [InlineData("profiles")]
    [InlineData("PROFILE")]
    [InlineData("files:")]
    [InlineData("files")]
    [InlineData("profile admin")]
    [InlineData("pro\0file")]
    [InlineData("pro\r\nfile")]
    [InlineData("pro\"file")]
    [InlineData("profile  mail")]
    [InlineData(" profile")]
    [InlineData("profile ")]
    [InlineData("profile,mail")]
    [InlineData("profile\tmail")]
    public void Asked_for_more_nothing_is_granted(string scopes) => AssertRefused(
        GrantError.InvalidScope, _rules.Check(Client, scopes, null));

    [Fact]
    public void Too_many_or_too_long_scopes_are_refused()
    {
        AssertRefused(
            GrantError.InvalidScope,
            _rules.Check(Client, string.Join(' ', Enumerable.Repeat("mail", 51)), null));
        AssertRefused(
            GrantError.InvalidScope,
            _rules.Check(Client, string.Join(' ', Enumerable.Repeat($"files:{0:d50}", 20)), null));
    }

    [Theory]
    [InlineData(GrantCore.Api, GrantCore.Api)]
    [InlineData("https://signet.example.com", null)]
    public void Known_resource_is_granted(string resource, string? granted) =>
        Assert.Equal(granted, Assert.IsType<GrantCheck.Allowed>(_rules.Check(Client, null, resource)).Resource);

    [Theory]
    [InlineData("https://other.example.com")]
    [InlineData(GrantCore.Api + "/")]
    [InlineData(GrantCore.Api + "#x")]
    [InlineData("HTTPS://api.example.com/v1")]
    [InlineData("/v1")]
    [InlineData("api")]
    [InlineData("")]
    public void Any_other_resource_is_refused(string resource) =>
        AssertRefused(GrantError.InvalidTarget, _rules.Check(Client, null, resource));

    [Fact]
    public void A_client_with_resources_of_its_own_gets_no_others()
    {
        var client = Client with { Resources = ["urn:example:one"] };

        Assert.Equal("urn:example:one", Assert.IsType<GrantCheck.Allowed>(_rules.Check(client, null, "urn:example:one")).Resource);
        AssertRefused(GrantError.InvalidTarget, _rules.Check(client, null, GrantCore.Api));
    }

    [Fact]
    public void What_was_granted_shrinks_with_the_registration() =>
        Assert.Equal(["files:read"], GrantRules.Still(Client, ["files:read", "gone"]));

    private static void AssertRefused(GrantError error, GrantCheck check) =>
        Assert.Equal(error, Assert.IsType<GrantCheck.Refused>(check).Error);
}
