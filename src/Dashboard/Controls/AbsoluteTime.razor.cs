using Microsoft.AspNetCore.Components;

namespace Dashboard.Controls;

/// <summary>Date and time in the browser's zone, which is stated; UTC on hover.</summary>
public sealed partial class AbsoluteTime(BrowserTime browserTime) : IDisposable
{
    [Parameter, EditorRequired]
    public DateTimeOffset At { get; set; }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            browserTime.Changed += Refresh;
        }
    }

    private void Refresh(object? sender, EventArgs change) => _ = InvokeAsync(StateHasChanged);

    public void Dispose() => browserTime.Changed -= Refresh;
}
