using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Controls;

/// <summary>
/// Tells when its place leaves the window at the top, and when it comes back: nothing is put in above what is being read.
/// </summary>
public sealed partial class ScrollMark(IJSRuntime js) : IAsyncDisposable
{
    // Cancelled, not disposed: a source without a timer holds nothing, and a late answer may still read its token.
    private readonly CancellationTokenSource _left = new();
    private ElementReference _place;
    private IJSObjectReference? _module;
    private DotNetObjectReference<ScrollMark>? _self;

    /// <summary>True where the place is above the window.</summary>
    [Parameter, EditorRequired]
    public EventCallback<bool> OnPass { get; set; }

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public Task PassAsync(bool isPast) => OnPass.InvokeAsync(isPast);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await js.ImportAsync("./Controls/ScrollMark.razor.js", _left.Token);
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("start", _place, _self);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("stop", _place);
            }
        }
        catch (JSDisconnectedException)
        {
            // The tab was closed, and its observer with it.
        }

        await _module.DisposeQuietlyAsync();
        _self?.Dispose();
    }
}
