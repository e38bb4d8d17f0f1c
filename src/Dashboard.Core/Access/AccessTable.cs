using System.Collections.Frozen;

namespace Dashboard.Core.Access;

/// <summary>Who may do what: the only place that says so. Pages, endpoints and the core's services all ask it.</summary>
public static class AccessTable
{
    private static readonly string[] Everybody = [Roles.Administrator, Roles.Reviewer, Roles.Support, Roles.Subject];
    private static readonly string[] Operators = [Roles.Administrator, Roles.Reviewer, Roles.Support];
    private static readonly string[] Overseers = [Roles.Administrator, Roles.Reviewer];
    private static readonly string[] Administrators = [Roles.Administrator];

    private static readonly FrozenDictionary<Right, Row> Rows = new Dictionary<Right, Row>
    {
        [Right.ReadTokens] = new(Operators),
        [Right.ManageShares] = new(Administrators),
        [Right.RevokeToken] = new([Roles.Administrator, Roles.Support]),
        [Right.ManageTokens] = new(Administrators, IsDangerous: true),
        [Right.MakeLiveKitTokens] = new(Administrators),
        [Right.WatchRevocations] = new(Administrators),
        [Right.Export] = new(Overseers, IsDangerous: true),
        [Right.ReadKeys] = new(Overseers),
        [Right.ManageKeys] = new(Administrators, IsDangerous: true),
        [Right.ReadAudit] = new(Overseers),
        [Right.ReadSessions] = new(Overseers),
        [Right.ManageSessions] = new(Administrators),
        [Right.ReadOperators] = new(Overseers),
        [Right.ManageOperators] = new(Administrators, IsDangerous: true),
        [Right.ReadClients] = new(Operators),
        [Right.ReadRegistration] = new(Overseers),
        [Right.ManageClients] = new(Administrators, IsDangerous: true),
        [Right.ReadAgents] = new(Overseers),
        [Right.ManageAgents] = new(Administrators, IsDangerous: true),
        [Right.ReadWebhooks] = new(Overseers),
        [Right.ManageWebhooks] = new(Administrators, IsDangerous: true),
        [Right.ReadAlerts] = new(Operators),
        [Right.ManageAlerts] = new(Administrators),
        [Right.ReadSettings] = new(Overseers),
        [Right.Consent] = new(Everybody),
        [Right.OwnAccount] = new(Everybody),
        [Right.ChangeOwnLogin] = new(Everybody, IsDangerous: true),
    }.ToFrozenDictionary();

    /// <summary>The roles that have a right.</summary>
    public static IReadOnlyList<string> RolesWith(Right right) => Rows[right].Roles;

    /// <summary>False for roles that are none, and for null.</summary>
    public static bool Allows(string? role, Right right) => role is not null && Rows[right].Roles.Contains(role, StringComparer.Ordinal);

    /// <summary>True where having logged in once is not enough: the person must have proved it is them a short while ago.</summary>
    public static bool IsDangerous(Right right) => Rows[right].IsDangerous;

    private sealed record Row(string[] Roles, bool IsDangerous = false);
}
