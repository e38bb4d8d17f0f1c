namespace Dashboard.Core.Alerts;

/// <summary>The kinds of alerts. Stable: mutes, exports and receivers of webhooks match on them.</summary>
public static class AlertKinds
{
    public const string RefreshReplay = "refresh.replay";
    public const string UnknownToken = "token.unknown";
    public const string OperatorReset = "operator.reset";
    public const string KeyRevoked = "key.revoked";
    public const string MasterKeyMismatch = "master_key.mismatch";
    public const string AuditBroken = "audit.broken";
    public const string EventsLost = "events.lost";
    public const string DiskLow = "disk.low";
    public const string StoreLarge = "store.large";
    public const string Expiring = "expiring";
    public const string IssuerStale = "issuer.stale";

    /// <summary>What the kind of a rule's alerts begins with; the rule's id follows.</summary>
    public const string RulePrefix = "rule:";

    /// <summary>Those that exist whatever the rules are.</summary>
    public static readonly IReadOnlyList<string> Fixed =
    [
        RefreshReplay, UnknownToken, OperatorReset, KeyRevoked, MasterKeyMismatch, AuditBroken, EventsLost, DiskLow, StoreLarge, Expiring,
        IssuerStale,
    ];

    /// <summary>The kind of a rule's alerts.</summary>
    public static string OfRule(string ruleId) => RulePrefix + ruleId;

    /// <summary>The rule whose alerts have this kind; null for a fixed kind.</summary>
    public static string? RuleOf(string kind) =>
        kind.StartsWith(RulePrefix, StringComparison.Ordinal) ? kind[RulePrefix.Length..] : null;

    /// <summary>True for a fixed kind, and for whatever could be one of a rule.</summary>
    public static bool IsKnown(string kind) => Fixed.Contains(kind, StringComparer.Ordinal) || RuleOf(kind) is { Length: > 0 and <= 60 };
}
