using Dashboard.Core.Audit;
using Dashboard.Hosting;

namespace Dashboard.App;

/// <summary>Where the thing that an entry of the audit log is about can be seen, and who may.</summary>
internal static class ChangedObject
{
    private const string CutOff = "tokens.cut_off";

    /// <summary>The page's address, null where there is none, and what one must be allowed to open it.</summary>
    public static (string? Href, string Policy) PageOf(AuditEntry entry)
    {
        var id = Uri.EscapeDataString(entry.ObjectId);

        // What was cut off is a list, not an object.
        return entry is { Action: CutOff, ObjectKind: "subject" or "client" or "key" or "session" }
            ? ($"/tokens?{entry.ObjectKind}={id}", Policies.ReadTokens)
            : PageOf(entry.ObjectKind, id);
    }

    private static (string? Href, string Policy) PageOf(string kind, string id) => kind switch
    {
        "token" => ($"/tokens/{id}", Policies.ReadTokens),
        "revocation" => ($"/tokens/revocations/{id}", Policies.ManageTokens),
        "failure" => ($"/failures/{id}", Policies.ReadTokens),
        "session" => ($"/sessions/{id}", Policies.ReadSessions),
        "client" => ($"/clients/{id}", Policies.ReadClients),
        "registration" or "initial_access_token" => ("/clients/registration", Policies.ReadRegistration),
        "operator" => ($"/operators/{id}", Policies.ReadOperators),
        "agent" => ($"/agents/{id}", Policies.ReadAgents),
        "agent_key" => ("/agents?tab=keys", Policies.ReadAgents),
        "key" or "issuer" => ("/keys", Policies.ReadKeys),
        "audit" => ("/audit", Policies.ReadAudit),
        "alert" => ($"/alerts/{id}", Policies.ReadAlerts),
        "alerts" => ("/alerts?tab=mutes", Policies.ReadAlerts),
        "alert_rule" => ($"/alerts/rules/{id}", Policies.ReadAlerts),
        "webhook" => ($"/webhooks/{id}", Policies.ReadWebhooks),
        "report_share" => ("/shared", Policies.ReadTokens),
        "settings" => ("/settings", Policies.ReadSettings),
        _ => (null, Policies.ReadTokens),
    };
}
