using Dashboard.Core.Audit;

namespace Dashboard.Core.Operators;

/// <summary>What shall become of an operator. What is null stays as it is.</summary>
/// <param name="Role">One of <see cref="Access.Roles.All"/>.</param>
/// <param name="IsEnabled">False to keep them out.</param>
public sealed record OperatorEdit(string? Role = null, bool? IsEnabled = null)
{
    /// <summary>The operator afterwards; null where they are that already.</summary>
    internal OperatorAccount? Apply(OperatorAccount now) => ChangesRole(now) || ChangesState(now)
        ? now with { Role = Role ?? now.Role, IsEnabled = IsEnabled ?? now.IsEnabled }
        : null;

    internal AuditEntry AuditOf(OperatorAccount before, string reason, Actor who)
    {
        var role = ChangesRole(before) ? Role : null;
        var state = ChangesState(before) ? IsEnabled : null;
        return new AuditEntry(
            who,
            (role, state) switch
            {
                (not null, not null) => "operator.changed",
                (not null, null) => "operator.role_changed",
                (_, true) => "operator.enabled",
                _ => "operator.disabled",
            },
            "operator",
            before.Id,
            reason,
            AuditJson.Write(("role", role is null ? null : before.Role), ("enabled", state is null ? null : Word(before.IsEnabled))),
            AuditJson.Write(("user_name", before.UserName), ("role", role), ("enabled", state is { } enabled ? Word(enabled) : null)));
    }

    private bool ChangesRole(OperatorAccount now) => Role is not null && Role != now.Role;

    private bool ChangesState(OperatorAccount now) => IsEnabled is not null && IsEnabled != now.IsEnabled;

    private static string Word(bool value) => value ? "true" : "false";
}
