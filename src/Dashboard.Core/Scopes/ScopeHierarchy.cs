using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Scopes;

/// <summary>Answers what a set of scopes allows: a scope grants itself and, transitively, all it implies.</summary>
public sealed class ScopeHierarchy
{
    private readonly FrozenDictionary<string, string[]> _direct;
    private readonly FrozenDictionary<string, FrozenSet<string>> _implied;
    private readonly FrozenDictionary<string, string[]> _resources;

    internal ScopeHierarchy(IOptions<ScopeOptions> options)
    {
        _direct = options.Value.Hierarchy.ToFrozenDictionary(StringComparer.Ordinal);
        _implied = options.Value.Hierarchy.Keys.ToFrozenDictionary(
            scope => scope, scope => Closure(options.Value.Hierarchy, scope), StringComparer.Ordinal);
        _resources = options.Value.Resources.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Each scope of the hierarchy with all that it implies, in one order always.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> All => _implied.ToDictionary(
        item => item.Key, IReadOnlyList<string> (item) => [.. item.Value.Order(StringComparer.Ordinal)], StringComparer.Ordinal);

    /// <summary>Each scope of the hierarchy with what it implies by itself, as configured.</summary>
    public IReadOnlyDictionary<string, string[]> Direct => _direct;

    /// <summary>
    /// All that held scopes grant, themselves first, each with the way that leads to it: the held scope, and every scope between.
    /// A scope with <c>*</c> stands for all that begin so.
    /// </summary>
    public IReadOnlyList<ScopeGrant> GrantsOf(IReadOnlyList<string> held)
    {
        List<ScopeGrant> grants = [.. held.Distinct(StringComparer.Ordinal).Select(scope => new ScopeGrant(scope, []))];
        var seen = grants.Select(grant => grant.Scope).ToHashSet(StringComparer.Ordinal);

        // Grows while it is walked: the nearest ways come first.
        for (var index = 0; index < grants.Count; index++)
        {
            var (scope, by) = grants[index];
            foreach (var (parent, children) in _direct.Where(link => Matches(scope, link.Key)).OrderBy(link => link.Key, StringComparer.Ordinal))
            {
                string[] way = parent == scope ? [.. by, scope] : [.. by, scope, parent];
                grants.AddRange(children.Where(seen.Add).Select(child => new ScopeGrant(child, way)));
            }
        }

        return grants;
    }

    /// <summary>The configured protected resources and their scopes.</summary>
    public IReadOnlyDictionary<string, string[]> Resources => _resources;

    /// <summary>The scopes a resource requires; null for one that is not configured.</summary>
    public IReadOnlyList<string>? FindResource(string name) => _resources.GetValueOrDefault(name);

    /// <summary>True where one of the held scopes is, matches or implies the required one.</summary>
    public bool Has(IReadOnlyList<string> held, string required)
    {
        foreach (var scope in held)
        {
            if (Matches(scope, required) || Implies(scope, required))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where at least one of the required scopes is granted.</summary>
    public bool HasAny(IReadOnlyList<string> held, IReadOnlyList<string> required) =>
        required.Any(scope => Has(held, scope));

    /// <summary>True where every required scope is granted; also where none is required.</summary>
    public bool HasAll(IReadOnlyList<string> held, IReadOnlyList<string> required) => Missing(held, required) is [];

    /// <summary>The required scopes that are not granted, in the order they were asked for.</summary>
    public IReadOnlyList<string> Missing(IReadOnlyList<string> held, IReadOnlyList<string> required) =>
        required is [] ? [] : [.. required.Where(scope => !Has(held, scope))];

    /// <summary>'files:*' stands for every scope that begins with 'files:' and goes on.</summary>
    internal static bool Matches(string scope, string required) =>
        scope == required
        || (IsWildcard(scope)
            && required.Length > scope.Length - 1
            && required.AsSpan().StartsWith(scope.AsSpan(0, scope.Length - 1), StringComparison.Ordinal));

    private static bool IsWildcard(string scope) => scope.EndsWith(":*", StringComparison.Ordinal);

    private bool Implies(string held, string required)
    {
        if (!IsWildcard(held))
        {
            return _implied.TryGetValue(held, out var implied) && MatchesAny(implied, required);
        }

        // Whoever holds 'files:*' holds 'files:secret', and with it all that this implies.
        foreach (var (scope, implied) in _implied)
        {
            if (Matches(held, scope) && MatchesAny(implied, required))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesAny(FrozenSet<string> scopes, string required)
    {
        foreach (var scope in scopes)
        {
            if (Matches(scope, required))
            {
                return true;
            }
        }

        return false;
    }

    private static FrozenSet<string> Closure(Dictionary<string, string[]> hierarchy, string scope)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        Stack<string> open = new(hierarchy[scope]);
        while (open.TryPop(out var child))
        {
            if (reached.Add(child))
            {
                foreach (var key in hierarchy.Keys.Where(key => Matches(child, key)))
                {
                    Array.ForEach(hierarchy[key], open.Push);
                }
            }
        }

        return reached.ToFrozenSet(StringComparer.Ordinal);
    }
}

/// <summary>A scope that is granted.</summary>
/// <param name="Scope">Which.</param>
/// <param name="By">The scopes that lead to it, the held one first; empty for one that is held itself.</param>
public sealed record ScopeGrant(string Scope, IReadOnlyList<string> By);
