using Dashboard.Core.Scopes;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Scopes;

/// <summary>All that scopes grant, and what leads to it.</summary>
public sealed class ScopeGrantTests
{
    private readonly ScopeHierarchy _hierarchy = new(Options.Create(new ScopeOptions
    {
        Hierarchy = new(StringComparer.Ordinal)
        {
            ["admin"] = ["premium", "files:*"],
            ["premium"] = ["basic"],
            ["files:write"] = ["audit"],
        },
    }));

    [Fact]
    public void Each_is_named_once_with_the_nearest_way_to_it() => Assert.Equal(
        [
            "admin:", "basic:", "premium:admin", "files:*:admin", "audit:admin>files:*>files:write",
        ],
        _hierarchy.GrantsOf(["admin", "basic", "admin"]).Select(grant => $"{grant.Scope}:{string.Join('>', grant.By)}"));

    [Fact]
    public void What_is_granted_is_what_is_decided()
    {
        string[] scopes = ["admin", "premium", "basic", "files:*", "files:write", "audit", "other"];
        foreach (var held in scopes)
        {
            var granted = _hierarchy.GrantsOf([held]).Select(grant => grant.Scope).ToList();
            Assert.All(scopes, scope => Assert.Equal(
                _hierarchy.Has([held], scope), granted.Exists(have => ScopeHierarchy.Matches(have, scope))));
        }
    }

    [Fact]
    public void Nothing_grants_nothing() => Assert.Empty(_hierarchy.GrantsOf([]));
}
