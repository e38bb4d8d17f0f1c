using Dashboard.Controls;
using Dashboard.Core.Posture;

namespace Dashboard.Settings;

/// <summary>What findings are called, on the page, in the API and in files.</summary>
internal static class PostureWords
{
    public static string TitleOf(PostureSeverity severity) => severity switch
    {
        PostureSeverity.High => "High",
        PostureSeverity.Medium => "Medium",
        PostureSeverity.Low => "Low",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "No such severity."),
    };

    /// <summary>As the API writes it.</summary>
    public static string NameOf(PostureSeverity severity) => TitleOf(severity).ToLowerInvariant();

    public static StatusKind KindOf(PostureSeverity severity) => severity switch
    {
        PostureSeverity.High => StatusKind.Refused,
        PostureSeverity.Medium => StatusKind.Warning,
        _ => StatusKind.Ended,
    };

    /// <summary>What a thing is, in the singular.</summary>
    public static string TitleOf(PostureObjectKind kind) => kind switch
    {
        PostureObjectKind.AgentKey => "agent key",
        PostureObjectKind.AuditLog => "log",
        PostureObjectKind.Client => "client",
        PostureObjectKind.Issuer => "issuer",
        PostureObjectKind.Key => "key",
        PostureObjectKind.Operator => "operator",
        PostureObjectKind.RegistrationPolicy => "policy",
        PostureObjectKind.Scope => "scope",
        PostureObjectKind.Setting => "setting",
        PostureObjectKind.Tokens => "token",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };

    /// <summary>As the API writes it.</summary>
    public static string NameOf(PostureObjectKind kind) => kind switch
    {
        PostureObjectKind.AgentKey => "agent_key",
        PostureObjectKind.AuditLog => "audit_log",
        PostureObjectKind.RegistrationPolicy => "registration_policy",
        PostureObjectKind.Tokens => "tokens",
        _ => TitleOf(kind),
    };

    /// <summary>How many things a finding is about: "3 clients", "2 places" where they are of several kinds.</summary>
    public static string CountOf(PostureFinding finding) => CountText.Of(
        finding.Count,
        finding.Objects.Select(item => item.Kind).Distinct().ToList() is [var only] ? TitleOf(only) : "place",
        finding.IsCapped);
}
