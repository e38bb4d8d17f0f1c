using System.Globalization;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Alerts.Rules;

/// <summary>The rules over counts of refusals: those that every deployment has, and those that people made.</summary>
public sealed class AlertRules
{
    /// <summary>No more rules than these: each is looked at every few seconds.</summary>
    public const int Most = 100;

    private const string IdPrefix = "rule_";

    private readonly IAlertRuleStore _store;
    private readonly AccessControl _access;
    private readonly IChangeFeed _feed;

    internal AlertRules(IAlertRuleStore store, AccessControl access, IChangeFeed feed) =>
        (_store, _access, _feed) = (store, access, feed);

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<AlertRule>> ListAsync(CancellationToken cancellationToken)
    {
        var stored = await _store.ReadAsync(cancellationToken);
        return
        [
            .. DefaultRules.All.Where(rule => stored.All(other => other.Id != rule.Id))
                .Concat(stored)
                .OrderBy(rule => rule.Name, StringComparer.Ordinal)
                .ThenBy(rule => rule.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>One of them; null where there is none.</summary>
    public async Task<AlertRule?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(rule => rule.Id == id);

    /// <summary>What is wrong with a draft; nothing where it can be a rule.</summary>
    public static IReadOnlyList<FieldFault> FaultsOf(AlertRuleDraft draft) => [.. RuleChecks.FaultsOf(draft)];

    /// <summary>Adds a rule.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<AlertRuleChange> CreateAsync(
        AlertRuleDraft draft, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageAlerts);
        if (FaultsOf(draft) is { Count: > 0 } faults)
        {
            return new AlertRuleChange.Invalid(faults);
        }

        if ((await ListAsync(cancellationToken)).Count >= Most)
        {
            return new AlertRuleChange.TooMany(Most);
        }

        var added = RuleOf(IdPrefix + Identifiers.NewId(), draft, 0);
        var audit = new AuditEntry(who, "alert_rule.created", "alert_rule", added.Id, reason, After: Describe(added));
        return await PutAsync(added, audit, cancellationToken);
    }

    /// <summary>Changes a rule.</summary>
    /// <param name="id">Which.</param>
    /// <param name="draft">What it is to be.</param>
    /// <param name="version">That of the rule as it was looked at; null for whatever is stored.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">An administrator or a command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public async Task<AlertRuleChange> UpdateAsync(
        string id, AlertRuleDraft draft, long? version, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageAlerts);
        if (await FindAsync(id, cancellationToken) is not { } found)
        {
            return new AlertRuleChange.Unknown();
        }

        if (FaultsOf(draft) is { Count: > 0 } faults)
        {
            return new AlertRuleChange.Invalid(faults);
        }

        if (version is { } expected && expected != found.Version)
        {
            return new AlertRuleChange.Overtaken(found);
        }

        var changed = RuleOf(id, draft, found.Version);
        var audit = new AuditEntry(who, "alert_rule.changed", "alert_rule", id, reason, Describe(found), Describe(changed));
        return await PutAsync(changed, audit, cancellationToken);
    }

    /// <summary>Deletes a rule that somebody made.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<AlertRuleChange> DeleteAsync(string id, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageAlerts);
        if (await FindAsync(id, cancellationToken) is not { } found)
        {
            return new AlertRuleChange.Unknown();
        }

        if (found.IsBuiltIn)
        {
            return new AlertRuleChange.BuiltIn(found);
        }

        var audit = new AuditEntry(who, "alert_rule.deleted", "alert_rule", id, reason, Before: Describe(found));
        if (!await _store.DeleteAsync(id, audit, cancellationToken))
        {
            return new AlertRuleChange.Unknown();
        }

        await TellAsync(id);
        return new AlertRuleChange.Deleted(found);
    }

    private async Task<AlertRuleChange> PutAsync(AlertRule rule, AuditEntry audit, CancellationToken cancellationToken)
    {
        if (!await _store.PutAsync(rule, audit, cancellationToken))
        {
            return await FindAsync(rule.Id, cancellationToken) is { } other
                ? new AlertRuleChange.Overtaken(other)
                : new AlertRuleChange.Unknown();
        }

        await TellAsync(rule.Id);
        return new AlertRuleChange.Changed(rule with { Version = rule.Version + 1 });
    }

    private static AlertRule RuleOf(string id, AlertRuleDraft draft, long version) => new()
    {
        Id = id,
        Name = draft.Name,
        Code = draft.Code,
        By = draft.By,
        Threshold = draft.Threshold,
        Window = draft.Window,
        Severity = draft.Severity,
        IsEnabled = draft.IsEnabled,
        Version = version,
    };

    private static string Describe(AlertRule rule) => AuditJson.Write(
        ("name", rule.Name),
        ("code", rule.Code),
        ("by", rule.By.ToString()),
        ("threshold", rule.Threshold.ToString(CultureInfo.InvariantCulture)),
        ("minutes", rule.Window.TotalMinutes.ToString(CultureInfo.InvariantCulture)),
        ("severity", rule.Severity.ToString()),
        ("enabled", rule.IsEnabled ? "true" : "false"));

    private Task TellAsync(string id) => _feed.TellAsync(new Change(ChangeKind.Alerts, id), new Change(ChangeKind.Audit, null));
}
