using Dashboard.Core.Sessions;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Dashboard.Sessions;

/// <summary>One page of sessions as rows. The parent loads and ends.</summary>
public sealed partial class SessionGrid
{
    [Parameter, EditorRequired]
    public IReadOnlyList<Session> Rows { get; set; } = [];

    /// <summary>The name of the session that looks at this: its row says so.</summary>
    [Parameter, EditorRequired]
    public string? Current { get; set; }

    [Parameter, EditorRequired]
    public Func<Session, DateTimeOffset> EndsAt { get; set; } = null!;

    [Parameter, EditorRequired]
    public Func<Session, bool> CanEnd { get; set; } = null!;

    /// <summary>The sessions whose rows a live update changed: they fade once.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<string> Changed { get; set; } = null!;

    [Parameter]
    public bool IsLoading { get; set; }

    [Parameter]
    public EventCallback<Session> OnEnd { get; set; }

    private void Mark(RowRenderEventArgs<Session> row)
    {
        if (row.Data is { } session && Changed.Contains(session.Name))
        {
            // Replaces the library's own class, so it is said again.
            row.Attributes["class"] = "rz-data-row changed";
        }
    }
}
