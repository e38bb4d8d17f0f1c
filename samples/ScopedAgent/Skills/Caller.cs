using System.Security.Claims;
using Dashboard.Bearer;

namespace ScopedAgent.Skills;

/// <summary>Who asks a skill, and what they may do.</summary>
internal sealed class Caller(ClaimsPrincipal user, SignetScopes scopes)
{
    public bool IsAuthenticated => user.Identity is { IsAuthenticated: true };

    /// <summary>The token's <c>sub</c>.</summary>
    public string Name => user.Identity?.Name ?? "anonymous";

    /// <summary>The scopes in the token, for people to read.</summary>
    public string Held => SignetScopes.Of(user) is { Count: > 0 } held ? string.Join(", ", held) : "none";

    /// <summary>True where a scope is held, or implied by one that is.</summary>
    public bool Has(string scope) => scopes.Has(user, scope);
}
