using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Controls;

/// <summary>Shows the circuit's <see cref="Dialogs"/>. Placed once, in the layout.</summary>
public sealed partial class DialogHost(Dialogs dialogs, IJSRuntime js) : IAsyncDisposable
{
    private ElementReference _dialog;
    private IJSObjectReference? _module;
    private bool _isOpen;

    protected override void OnInitialized() => dialogs.Changed += Refresh;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Before there is a question: it listens for what has the focus.
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./Controls/DialogHost.razor.js");
        var shouldBeOpen = dialogs.Current is not null;
        if (shouldBeOpen == _isOpen)
        {
            return;
        }

        _isOpen = shouldBeOpen;
        await _module.InvokeVoidAsync(shouldBeOpen ? "open" : "close", _dialog);
    }

    private void Refresh(object? sender, EventArgs change) => _ = InvokeAsync(StateHasChanged);

    public async ValueTask DisposeAsync()
    {
        dialogs.Changed -= Refresh;
        dialogs.Current?.Cancel();
        await _module.DisposeQuietlyAsync();
    }
}
