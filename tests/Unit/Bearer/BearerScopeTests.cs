using System.Net;
using System.Security.Claims;
using Dashboard.Bearer;
using Dashboard.Bearer.Scopes;
using Dashboard.Core.Scopes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Bearer;

/// <summary>What scopes open.</summary>
public sealed class BearerScopeTests : BearerTest
{
    [Theory]
    [InlineData("scope", "files:read files:write")]
    [InlineData("scope", "files:write,files:read")]
    [InlineData("scopes", "files:write, files:read")]
    [InlineData("scp", "files:*")]
    public async Task Scopes_are_read_however_they_are_written(string claim, string value)
    {
        await StartAsync();

        Assert.Equal(Ok, (await Api.AskAsync(Signet.Token(claims: [("scope", null), (claim, value)]), "/both")).Status);
        Assert.Equal(Ok, (await Api.AskAsync(Signet.Token(claims: [("scope", null), (claim, value.Split(' '))]), "/both")).Status);
    }

    [Fact]
    public async Task Token_without_the_scope_is_told_which_is_needed()
    {
        await StartAsync();

        var (status, challenge) = await Api.AskAsync(Signet.Token(), "/both");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.StartsWith("Bearer error=\"insufficient_scope\"", challenge, StringComparison.Ordinal);
        Assert.EndsWith("scope=\"files:read files:write\"", challenge, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await Api.AskAsync(Signet.Token(claims: ("scope", null)), "/files")).Status);
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), await Api.AskAsync(null, "/files"));
    }

    [Fact]
    public async Task What_scopes_imply_is_taken_from_Signet_unless_it_is_configured()
    {
        Signet.Hierarchy = new(StringComparer.Ordinal) { ["admin"] = ["files:*"] };
        await StartAsync();
        await HearAsync();

        Assert.Equal(Ok, (await Api.AskAsync(Signet.Token(claims: ("scope", "admin")), "/both")).Status);
    }

    [Fact]
    public async Task What_is_configured_wins()
    {
        Signet.Hierarchy = new(StringComparer.Ordinal) { ["admin"] = ["files:*"] };
        await StartAsync(options => options.ScopeHierarchy = new(StringComparer.Ordinal) { ["boss"] = ["admin"], ["admin"] = ["files:read"] });
        await HearAsync();

        Assert.Equal(Ok, (await Api.AskAsync(Signet.Token(claims: ("scope", "boss")), "/files")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Api.AskAsync(Signet.Token(claims: ("scope", "admin")), "/both")).Status);
    }

    [Fact]
    public void Both_ways_decide_as_Signet_does()
    {
        Dictionary<string, string[]> configured = new(StringComparer.Ordinal)
        {
            ["admin"] = ["premium", "files:*"],
            ["premium"] = ["basic"],
            ["files:write"] = ["files:read", "audit:note"],
            ["audit:note"] = ["log"],
        };
        string[] scopes = ["admin", "premium", "basic", "files:*", "files:", "files:write", "files:read", "audit:note", "log", "other", "*", "admin:*"];
        var core = new ScopeHierarchy(Options.Create(new ScopeOptions { Hierarchy = configured }));
        var here = new ScopeRules(Options.Create(new SignetBearerOptions { ScopeHierarchy = configured }));
        var told = new ScopeRules(Options.Create(new SignetBearerOptions()));
        told.Learn(core.All.ToDictionary(item => item.Key, item => item.Value.ToArray(), StringComparer.Ordinal));

        foreach (var held in scopes)
        {
            foreach (var required in scopes)
            {
                var expected = core.Has([held], required);
                Assert.True(expected == here.Missing([held], [required]) is [], $"{held} {required}, configured here");
                Assert.True(expected == told.Missing([held], [required]) is [], $"{held} {required}, told");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a\"b")]
    public void Scope_that_no_token_can_hold_is_a_bug(string scope) =>
        Assert.Throws<ArgumentException>(() => new AuthorizationPolicyBuilder().RequireSignetScope(scope));

    [Fact]
    public void Somebody_who_is_nobody_has_no_scope()
    {
        var scopes = new SignetScopes(new ScopeRules(Options.Create(new SignetBearerOptions())));
        ClaimsPrincipal nobody = new(new ClaimsIdentity([new Claim("scope", "admin")]));

        Assert.False(scopes.Has(nobody, "admin"));
        Assert.Equal(["admin"], SignetScopes.Of(nobody));
    }
}
