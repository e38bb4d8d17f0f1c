using System.Globalization;
using Dashboard.Core.Posture;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Settings;

/// <summary>A report on how safely the deployment is set up.</summary>
public sealed partial class PostureView
{
    private static readonly PostureSeverity[] Severities = [PostureSeverity.High, PostureSeverity.Medium, PostureSeverity.Low];

    [Parameter, EditorRequired]
    public PostureReport Report { get; set; } = null!;

    /// <summary>The name of whoever looks.</summary>
    [Parameter]
    public string? Who { get; set; }

    /// <summary>True for those who may change what is found: links lead to where it is edited.</summary>
    [Parameter]
    public bool MayEdit { get; set; }

    /// <summary>True while it is looked again.</summary>
    [Parameter]
    public bool IsLooking { get; set; }

    /// <summary>Look again now.</summary>
    [Parameter]
    public EventCallback OnLook { get; set; }

    private string CountOf(PostureSeverity severity) =>
        Report.Findings.Count(finding => finding.Rule.Severity == severity).ToString(CultureInfo.InvariantCulture);

    private static string HintOf(PostureSeverity severity) => severity switch
    {
        PostureSeverity.High => "Findings that are a way in",
        PostureSeverity.Medium => "That make an attack worse",
        _ => "That could be tidier",
    };
}
