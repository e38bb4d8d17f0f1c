using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Dashboard.Bearer.Scopes;

/// <summary>What scopes imply: as configured here, or as Signet says. A test holds it to what Signet itself decides.</summary>
internal sealed class ScopeRules
{
    private readonly bool _isConfigured;
    private volatile FrozenDictionary<string, string[]> _implied = FrozenDictionary<string, string[]>.Empty;

    public ScopeRules(IOptions<SignetBearerOptions> options)
    {
        if (options.Value.ScopeHierarchy is { } hierarchy)
        {
            _isConfigured = true;
            _implied = hierarchy.Keys.ToFrozenDictionary(scope => scope, scope => Closure(hierarchy, scope), StringComparer.Ordinal);
        }
    }

    /// <summary>Takes what Signet says: each scope with all that it implies. What is configured here wins.</summary>
    public void Learn(IReadOnlyDictionary<string, string[]> implied)
    {
        if (!_isConfigured)
        {
            _implied = implied.ToFrozenDictionary(StringComparer.Ordinal);
        }
    }

    /// <summary>The required scopes that held ones neither are, match nor imply.</summary>
    public IReadOnlyList<string> Missing(IReadOnlyList<string> held, IReadOnlyList<string> required)
    {
        var implied = _implied;
        return [.. required.Where(scope => !held.Any(have => Grants(implied, have, scope)))];
    }

    // Whoever holds 'files:*' holds 'files:secret', and with it all that this implies.
    private static bool Grants(FrozenDictionary<string, string[]> implied, string held, string required) =>
        Matches(held, required)
        || implied.Any(link => Matches(held, link.Key) && Array.Exists(link.Value, scope => Matches(scope, required)));

    // 'files:*' stands for every scope that begins with 'files:' and goes on.
    private static bool Matches(string scope, string required) =>
        scope == required
        || (scope.EndsWith(":*", StringComparison.Ordinal)
            && required.Length > scope.Length - 1
            && required.AsSpan().StartsWith(scope.AsSpan(0, scope.Length - 1), StringComparison.Ordinal));

    private static string[] Closure(Dictionary<string, string[]> hierarchy, string scope)
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

        return [.. reached];
    }
}
