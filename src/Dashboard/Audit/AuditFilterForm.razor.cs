using Dashboard.Controls;
using Dashboard.Core.Audit;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Audit;

/// <summary>The filters that are needed less often. Nothing happens before Apply.</summary>
public sealed partial class AuditFilterForm(BrowserTime browserTime)
{
    private string? _operator;
    private string? _object;
    private string? _from;
    private string? _before;
    private AuditFilter? _shown;

    [Parameter, EditorRequired]
    public AuditFilter Filter { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback<AuditFilter> OnApply { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    protected override void OnParametersSet()
    {
        // A chip that was removed meanwhile empties its field; anything else keeps what was typed.
        if (Filter == _shown)
        {
            return;
        }

        _shown = Filter;
        (_operator, _object) = (Filter.Operator, Filter.ObjectId);
        (_from, _before) = (Write(Filter.From), Write(Filter.Before));
    }

    private Task ApplyAsync() => OnApply.InvokeAsync(Filter with
    {
        Operator = NullIfEmpty(_operator),
        ObjectId = NullIfEmpty(_object),
        From = Read(_from, Filter.From),
        Before = Read(_before, Filter.Before),
    });

    private string? Write(DateTimeOffset? time) => DateTimeInput.Write(time, browserTime.Zone);

    // The field holds whole minutes: one that was not touched keeps its seconds.
    private DateTimeOffset? Read(string? text, DateTimeOffset? known) =>
        text == Write(known) ? known : DateTimeInput.Read(text, browserTime.Zone);

    private static string? NullIfEmpty(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
