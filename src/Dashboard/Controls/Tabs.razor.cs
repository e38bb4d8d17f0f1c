using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Dashboard.Controls;

/// <summary>One tab. <paramref name="Key"/> is what the address holds.</summary>
public sealed record TabItem(string Key, string Title, string? Count = null);

/// <summary>A tab list over one panel. The page renders what <see cref="Selected"/> says, usually from the address.</summary>
public sealed partial class Tabs
{
    private readonly string _id = ElementId.Next("tabs");
    private readonly Dictionary<string, ElementReference> _buttons = new(StringComparer.Ordinal);

    /// <summary>The tab list's accessible name.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<TabItem> Items { get; set; } = [];

    [Parameter, EditorRequired]
    public string Selected { get; set; } = "";

    [Parameter]
    public EventCallback<string> SelectedChanged { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = null!;

    private string PanelId => $"{_id}-panel";

    private string TabId(string key) => $"{_id}-{key}";

    private async Task MoveAsync(KeyboardEventArgs pressed)
    {
        var at = Items.Select((tab, index) => (tab, index)).FirstOrDefault(pair => pair.tab.Key == Selected).index;
        int? to = pressed.Key switch
        {
            "ArrowRight" => (at + 1) % Items.Count,
            "ArrowLeft" => (at + Items.Count - 1) % Items.Count,
            "Home" => 0,
            "End" => Items.Count - 1,
            _ => null,
        };
        if (to is { } index)
        {
            await SelectedChanged.InvokeAsync(Items[index].Key);
            await _buttons[Items[index].Key].FocusAsync();
        }
    }
}
