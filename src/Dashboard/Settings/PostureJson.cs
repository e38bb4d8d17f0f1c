using Dashboard.Core.Posture;

namespace Dashboard.Settings;

/// <summary>How safely the deployment is set up.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Counts">How many findings there are of each severity.</param>
/// <param name="Findings">What should be otherwise, what matters most first.</param>
/// <param name="Kept">The rules that hold.</param>
internal sealed record PostureJson(
    DateTimeOffset At, PostureCountsJson Counts, IReadOnlyList<FindingJson> Findings, IReadOnlyList<KeptRuleJson> Kept)
{
    public static PostureJson Of(PostureReport report) => new(
        report.At,
        new PostureCountsJson(
            CountOf(report, PostureSeverity.High), CountOf(report, PostureSeverity.Medium), CountOf(report, PostureSeverity.Low)),
        [.. report.Findings.Select(finding => FindingJson.Of(finding, report.At))],
        [.. report.Kept.Select(rule => new KeptRuleJson(rule.Code, rule.Good))]);

    private static int CountOf(PostureReport report, PostureSeverity severity) =>
        report.Findings.Count(finding => finding.Rule.Severity == severity);
}

/// <summary>Numbers of findings.</summary>
internal sealed record PostureCountsJson(int High, int Medium, int Low);

/// <summary>A rule that holds.</summary>
internal sealed record KeptRuleJson(string Code, string Text);

/// <summary>A rule that does not hold.</summary>
/// <param name="Code">Its stable name.</param>
/// <param name="Severity"><c>high</c>, <c>medium</c> or <c>low</c>.</param>
/// <param name="Finding">What is found.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Cure">What to do.</param>
/// <param name="Count">How many things it is about; at least so many where it is capped.</param>
/// <param name="IsCapped">True where there may be more.</param>
/// <param name="Objects">The first of them.</param>
internal sealed record FindingJson(
    string Code,
    string Severity,
    string Finding,
    string Why,
    string Cure,
    long Count,
    bool IsCapped,
    IReadOnlyList<FindingObjectJson> Objects)
{
    public static FindingJson Of(PostureFinding finding, DateTimeOffset at) => new(
        finding.Rule.Code,
        PostureWords.NameOf(finding.Rule.Severity),
        finding.Rule.Bad,
        finding.Rule.Why,
        finding.Rule.Cure,
        finding.Count,
        finding.IsCapped,
        [
            .. finding.Objects.Select(item => new FindingObjectJson(
                PostureWords.NameOf(item.Kind),
                item.Id,
                item.Name,
                item.Detail,
                PostureLinks.Of(finding.Rule, item, at, who: null, mayEdit: true))),
        ]);
}

/// <summary>One of the things that a finding is about.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Which.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Detail">What is wrong with this one.</param>
/// <param name="Page">The page of the dashboard where it is put right.</param>
internal sealed record FindingObjectJson(string Kind, string Id, string Name, string? Detail, string Page);
