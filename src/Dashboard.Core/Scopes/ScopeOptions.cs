using Microsoft.Extensions.Options;

namespace Dashboard.Core.Scopes;

/// <summary>What scopes imply and which resources need them. Bound from <c>Scopes</c>.</summary>
public sealed class ScopeOptions
{
    public const string Section = "Scopes";

    /// <summary>A scope and what it implies: <c>"admin": ["write"]</c>. A child <c>files:*</c> implies every <c>files:…</c>.</summary>
    public Dictionary<string, string[]> Hierarchy { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Protected resources and the scopes that each of them requires, all of them.</summary>
    public Dictionary<string, string[]> Resources { get; set; } = new(StringComparer.Ordinal);
}

/// <summary>Refuses a hierarchy in which a scope implies itself.</summary>
internal sealed class ScopeOptionsRules : IValidateOptions<ScopeOptions>
{
    public ValidateOptionsResult Validate(string? name, ScopeOptions options)
    {
        var failures = options.Hierarchy.Keys
            .Where(scope => Implies(options.Hierarchy, scope, scope, []))
            .Select(scope => $"{ScopeOptions.Section}:Hierarchy has a cycle: '{scope}' implies itself. Remove one of the links.")
            .ToList();
        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool Implies(Dictionary<string, string[]> hierarchy, string from, string target, HashSet<string> seen) =>
        hierarchy.Where(link => ScopeHierarchy.Matches(from, link.Key)).SelectMany(link => link.Value).Any(child =>
            ScopeHierarchy.Matches(child, target) || (seen.Add(child) && Implies(hierarchy, child, target, seen)));
}
