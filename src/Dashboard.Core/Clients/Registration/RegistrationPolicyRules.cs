using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;

namespace Dashboard.Core.Clients.Registration;

/// <summary>Which policies are possible.</summary>
public static class RegistrationPolicyRules
{
    // What operators' own tokens hold.
    private static readonly string[] Privileged = ["admin", "agent_management"];

    /// <summary>True for a scope that nobody who registers themselves may have, and for one that stands for such scopes.</summary>
    public static bool IsPrivileged(string scope) => scope is "*" || Privileged.Any(privileged =>
        scope.Equals(privileged, StringComparison.OrdinalIgnoreCase)
        || scope.StartsWith(privileged + ":", StringComparison.OrdinalIgnoreCase));

    /// <summary>Every fault, with the name of its field; empty where there is none.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="hierarchy">What scopes imply: none may imply a privileged one.</param>
    public static IReadOnlyList<FieldFault> FaultsOf(RegistrationPolicy policy, ScopeHierarchy hierarchy)
    {
        List<FieldFault> faults = [];
        if (!Enum.IsDefined(policy.Mode))
        {
            faults.Add(new FieldFault("mode", $"must be one of {string.Join(", ", RegistrationModes.All)}"));
        }

        if (policy.ClientLifetime is { } lifetime && (lifetime < TimeSpan.Zero || lifetime > ClientLimits.LongestLifetime))
        {
            faults.Add(new FieldFault(
                "client_lifetime", $"must be between 0 (for ever) and {ClientLimits.LongestLifetimeSeconds} seconds"));
        }

        if (ScopeText.FaultOf(policy.AllowedScopes) is { } fault)
        {
            faults.Add(new FieldFault("scopes", fault));
        }
        else if (policy.AllowedScopes.Any(scope =>
            IsPrivileged(scope) || Privileged.Any(privileged => hierarchy.Has([scope], privileged))))
        {
            faults.Add(new FieldFault("scopes", $"must not hold or imply {string.Join(" or ", Privileged)}"));
        }

        return faults;
    }
}
