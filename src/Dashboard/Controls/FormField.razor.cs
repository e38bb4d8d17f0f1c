using Microsoft.AspNetCore.Components;

namespace Dashboard.Controls;

/// <summary>What the input inside a <see cref="FormField"/> must carry to be tied to its label, hint and error.</summary>
public sealed record FieldIds(string Id, string? DescribedBy, string? Invalid);

/// <summary>Label, hint and error around one input. Works in static and interactive forms.</summary>
public sealed partial class FormField
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The input's id; unique on the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool IsOptional { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment<FieldIds> ChildContent { get; set; } = null!;

    private string HintId => $"{Id}-hint";

    private string ErrorId => $"{Id}-error";

    private string? DescribedBy => (Error, Hint) switch
    {
        (not null, not null) => $"{ErrorId} {HintId}",
        (not null, null) => ErrorId,
        (null, not null) => HintId,
        _ => null,
    };
}
