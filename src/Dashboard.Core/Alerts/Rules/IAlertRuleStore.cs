using Dashboard.Core.Audit;

namespace Dashboard.Core.Alerts.Rules;

/// <summary>Keeps rules that people made or changed. Every adapter must pass <c>AlertRuleStoreContract</c>.</summary>
internal interface IAlertRuleStore
{
    /// <summary>Every rule, by name: people make them one by one.</summary>
    Task<IReadOnlyList<AlertRule>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stores a rule where the stored version, 0 where there is none, is still that of <paramref name="changed"/>; it is one
    /// higher then. False, and nothing changed, where somebody else was faster.
    /// </summary>
    Task<bool> PutAsync(AlertRule changed, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Deletes a rule; false, and nothing changed, where there is no such rule.</summary>
    Task<bool> DeleteAsync(string id, AuditEntry audit, CancellationToken cancellationToken);
}
