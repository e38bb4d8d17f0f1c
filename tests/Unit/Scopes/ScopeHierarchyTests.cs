using Dashboard.Core.Scopes;
using Dashboard.Tests.Unit.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Tests.Unit.Scopes;

public sealed class ScopeHierarchyTests
{
    private static readonly string[] Names = ["a", "b", "c", "x:*", "x:1", "x:2", "x:y:*", "x:y:1"];

    [Theory]
    [InlineData("admin", "admin", true)]
    [InlineData("admin", "read", true)]
    [InlineData("write", "read", true)]
    [InlineData("read", "write", false)]
    [InlineData("admin", "files:read", true)]
    [InlineData("files:*", "files:read", true)]
    [InlineData("files:*", "files:a:b", true)]
    [InlineData("files:*", "files:", false)]
    [InlineData("files:*", "files", false)]
    [InlineData("files:*", "filesystem:read", false)]
    [InlineData("files:read", "files:*", false)]
    [InlineData("*", "read", false)]
    [InlineData("Admin", "read", false)]
    [InlineData("admi", "read", false)]
    [InlineData("files:*", "audit", true)]
    [InlineData("admin", "audit", true)]
    [InlineData("read", "audit", false)]
    public void Has_follows_the_hierarchy_and_wildcards_all_the_way(string held, string required, bool has) =>
        Assert.Equal(has, Of(("admin", ["write", "files:*"]), ("write", ["read"]), ("files:secret", ["audit"])).Has([held], required));

    [Fact]
    public void Any_all_and_missing_agree()
    {
        var hierarchy = Of(("write", ["read"]));

        Assert.True(hierarchy.HasAny(["write"], ["admin", "read"]));
        Assert.False(hierarchy.HasAny(["write"], ["admin"]));
        Assert.False(hierarchy.HasAny(["write"], []));
        Assert.True(hierarchy.HasAll(["write"], ["write", "read"]));
        Assert.True(hierarchy.HasAll([], []));
        Assert.False(hierarchy.HasAll(["write"], ["read", "admin"]));
        Assert.Equal(["z", "admin"], hierarchy.Missing(["write"], ["z", "read", "admin"]));
    }

    [Fact]
    public void Has_is_transitive_in_every_hierarchy_that_is_accepted()
    {
        var links = Gen.Two(Gen.Elements(Names)).ArrayOf(6).ToArbitrary();

        Prop.ForAll(links, pairs =>
        {
            var options = Options(pairs);
            if (new ScopeOptionsRules().Validate(null, options).Failed)
            {
                return true;
            }

            var hierarchy = new ScopeHierarchy(Microsoft.Extensions.Options.Options.Create(options));
            return (from first in Names
                    from second in Names
                    where hierarchy.Has([first], second)
                    from third in Names
                    where hierarchy.Has([second], third)
                    select hierarchy.Has([first], third)).All(has => has);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Theory]
    [InlineData("a>a")]
    [InlineData("a>b b>a")]
    [InlineData("a>b b>c c>a")]
    [InlineData("z>a a>b b>a")]
    [InlineData("x:1>x:*")]
    [InlineData("a>x:* x:1>a")]
    public void Cycle_is_refused_and_named(string links)
    {
        var options = Options([.. links.Split(' ').Select(link => (link.Split('>')[0], link.Split('>')[1]))]);

        var result = new ScopeOptionsRules().Validate(null, options);

        Assert.True(result.Failed);
        Assert.Contains("Scopes:Hierarchy", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a>b b>c a>c")]
    [InlineData("a>b c>b")]
    [InlineData("x:*>b b>c")]
    public void Several_ways_to_the_same_scope_are_no_cycle(string links)
    {
        var options = Options([.. links.Split(' ').Select(link => (link.Split('>')[0], link.Split('>')[1]))]);

        Assert.True(new ScopeOptionsRules().Validate(null, options).Succeeded);
    }

    [Fact]
    public async Task Start_reads_hierarchy_and_resources_from_the_configuration()
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?>
        {
            ["Scopes:Hierarchy:admin:0"] = "write",
            ["Scopes:Resources:reports:0"] = "write",
            ["Scopes:Resources:reports:1"] = "read",
        });
        var hierarchy = host.Get<ScopeHierarchy>();

        Assert.True(hierarchy.Has(["admin"], "write"));
        Assert.Equal(["write", "read"], hierarchy.FindResource("reports"));
        Assert.Null(hierarchy.FindResource("unknown"));
    }

    private static ScopeHierarchy Of(params (string Scope, string[] Implied)[] hierarchy) =>
        new(Microsoft.Extensions.Options.Options.Create(new ScopeOptions
        {
            Hierarchy = hierarchy.ToDictionary(item => item.Scope, item => item.Implied, StringComparer.Ordinal),
        }));

    private static ScopeOptions Options(IEnumerable<(string From, string To)> links) => new()
    {
        Hierarchy = links.GroupBy(link => link.From, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(link => link.To).ToArray(), StringComparer.Ordinal),
    };
}
