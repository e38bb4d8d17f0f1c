using System.Security.Claims;
using Dashboard.Bearer.Scopes;

namespace Dashboard.Bearer;

/// <summary>Answers what a caller may do, where a policy is not enough.</summary>
public sealed class SignetScopes
{
    private static readonly string[] Claims = ["scope", "scopes", "scp"];

    private readonly ScopeRules _rules;

    internal SignetScopes(ScopeRules rules) => _rules = rules;

    /// <summary>
    /// The scopes that a token names: as <c>scope</c>, <c>scopes</c> or <c>scp</c>, as text with spaces or commas, or as an
    /// array. Where it has several of these, the first that there is.
    /// </summary>
    public static IReadOnlyList<string> Of(ClaimsPrincipal caller)
    {
        if (Array.Find(Claims, name => caller.HasClaim(claim => claim.Type == name)) is not { } found)
        {
            return [];
        }

        return
        [
            .. caller.FindAll(found)
                .SelectMany(claim => claim.Value.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>True where the caller was authenticated and holds every one of these, by itself or by what implies it.</summary>
    public bool Has(ClaimsPrincipal caller, params IReadOnlyList<string> scopes) =>
        caller.Identity is { IsAuthenticated: true } && Missing(caller, scopes) is [];

    /// <summary>Those that the caller does not hold.</summary>
    public IReadOnlyList<string> Missing(ClaimsPrincipal caller, IReadOnlyList<string> scopes) => _rules.Missing(Of(caller), scopes);
}
