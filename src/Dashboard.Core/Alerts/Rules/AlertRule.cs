namespace Dashboard.Core.Alerts.Rules;

/// <summary>When refusals are so many that somebody should look: so many of a code, by one of a dimension, within some minutes.</summary>
public sealed record AlertRule
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The stable code that is counted; null for any.</summary>
    public string? Code { get; init; }

    public required AlertRuleBy By { get; init; }

    /// <summary>From how many on there is an alert.</summary>
    public required int Threshold { get; init; }

    /// <summary>Within how long; whole minutes.</summary>
    public required TimeSpan Window { get; init; }

    public required AlertSeverity Severity { get; init; }

    public required bool IsEnabled { get; init; }

    /// <summary>Rises by one with every change; 0 for one that is as Signet brought it.</summary>
    public long Version { get; init; }

    /// <summary>True for those that every deployment has from its first start: they can be changed and disabled, not deleted.</summary>
    public bool IsBuiltIn => DefaultRules.Find(Id) is not null;

    /// <summary>What it counts, in a sentence's words: "20 refusals with INVALID_CREDENTIALS from one address in 5 minutes".</summary>
    public string Describe() => RuleWords.Describe(this);
}

/// <summary>Whose refusals are counted together.</summary>
public enum AlertRuleBy
{
    /// <summary>Everybody's.</summary>
    None,

    /// <summary>Those of one client.</summary>
    Client,

    /// <summary>Those from one address.</summary>
    Address,

    /// <summary>Those of one subject or account.</summary>
    Subject,
}

/// <summary>What somebody wants a rule to be.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Code">The stable code that is counted; null for any.</param>
/// <param name="By">Whose refusals are counted together.</param>
/// <param name="Threshold">From how many on.</param>
/// <param name="Window">Within how long; whole minutes.</param>
/// <param name="Severity">How soon somebody should look.</param>
/// <param name="IsEnabled">Whether it is looked at.</param>
public sealed record AlertRuleDraft(
    string Name, string? Code, AlertRuleBy By, int Threshold, TimeSpan Window, AlertSeverity Severity, bool IsEnabled);
