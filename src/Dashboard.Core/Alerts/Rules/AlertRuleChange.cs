using Dashboard.Core.Primitives;

namespace Dashboard.Core.Alerts.Rules;

/// <summary>What became of a rule. Nothing changed unless it says so.</summary>
public abstract record AlertRuleChange
{
    private AlertRuleChange()
    {
    }

    /// <summary>It is so now.</summary>
    public sealed record Changed(AlertRule Rule) : AlertRuleChange;

    public sealed record Deleted(AlertRule Rule) : AlertRuleChange;

    public sealed record Unknown : AlertRuleChange;

    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : AlertRuleChange;

    /// <summary>Somebody changed it since it was looked at.</summary>
    public sealed record Overtaken(AlertRule Rule) : AlertRuleChange;

    /// <summary>Every deployment has it: it can be disabled.</summary>
    public sealed record BuiltIn(AlertRule Rule) : AlertRuleChange;

    /// <summary>There are as many rules as can be looked at every few seconds.</summary>
    public sealed record TooMany(int Most) : AlertRuleChange;
}
