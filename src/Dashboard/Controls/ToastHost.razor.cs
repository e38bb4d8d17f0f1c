namespace Dashboard.Controls;

/// <summary>Shows the circuit's <see cref="Toasts"/>. Placed once, in the layout.</summary>
public sealed partial class ToastHost(Toasts toasts) : IDisposable
{
    protected override void OnInitialized() => toasts.Changed += Refresh;

    private void Refresh(object? sender, EventArgs change) => _ = InvokeAsync(StateHasChanged);

    public void Dispose() => toasts.Changed -= Refresh;
}
