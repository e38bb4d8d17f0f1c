using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Controls;

/// <summary>Ctrl-K: search or jump to anything that some <see cref="IPaletteSource"/> finds. Placed once, in the layout.</summary>
public sealed partial class CommandPalette(IEnumerable<IPaletteSource> sources, IJSRuntime js, TimeProvider clock)
    : IAsyncDisposable
{
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(120);

    private ElementReference _dialog;
    private IJSObjectReference? _module;
    private DotNetObjectReference<CommandPalette>? _self;
    private CancellationTokenSource _newest = new();
    private IReadOnlyList<IGrouping<string, PaletteItem>> _groups = [];
    private string _text = "";
    private string _status = "";

    /// <summary>Called by the script when the palette has been opened.</summary>
    [JSInvokable]
    public async Task OpenedAsync()
    {
        _text = "";
        await FindAsync();
        StateHasChanged();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await js.InvokeAsync<IJSObjectReference>("import", "./Controls/CommandPalette.razor.js");
            await _module.InvokeVoidAsync("start", _dialog, _self);
        }
    }

    private async Task FindAsync()
    {
        // A slow answer to older text must not replace the answer to newer text.
        await _newest.CancelAsync();
        _newest = new CancellationTokenSource();
        var stop = _newest.Token;
        var text = _text.Trim();
        try
        {
            await Task.Delay(text.Length is 0 ? TimeSpan.Zero : Debounce, clock, stop);
            var found = await Task.WhenAll(sources.Select(source => source.FindAsync(text, stop)));
            if (!stop.IsCancellationRequested)
            {
                Show([.. found.SelectMany(items => items)]);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Newer text was typed, or the page was left.
        }
    }

    private void Show(IReadOnlyList<PaletteItem> items)
    {
        _groups = [.. items.GroupBy(item => item.Group, StringComparer.Ordinal)];
        _status = items.Count switch
        {
            0 => "Nothing found. Try a page, a client, a subject, a jti or a failure reference.",
            1 => "1 result",
            _ => string.Create(CultureInfo.InvariantCulture, $"{items.Count} results"),
        };
    }

    private static string OptionId(PaletteItem item) => $"palette-{Uri.EscapeDataString(item.Href)}";

    public async ValueTask DisposeAsync()
    {
        await _newest.CancelAsync();
        if (_module is not null)
        {
            await StopAsync(_module);
        }

        await _module.DisposeQuietlyAsync();
        _self?.Dispose();
    }

    private static async Task StopAsync(IJSObjectReference module)
    {
        try
        {
            await module.InvokeVoidAsync("stop");
        }
        catch (JSDisconnectedException)
        {
            // The tab was closed, and its listeners with it.
        }
    }
}
