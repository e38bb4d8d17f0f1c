using Dashboard.Controls;
using Microsoft.JSInterop;

namespace Dashboard.SignIn;

/// <summary>Where the page's scripts get their tickets, each when somebody clicks; none lies in the page.</summary>
public sealed partial class TicketDesk(CircuitTickets tickets, IJSRuntime script) : IAsyncDisposable
{
    private const string Module = "./js/page-tickets.js";

    private readonly CancellationTokenSource _stop = new();
    private DotNetObjectReference<TicketDesk>? _self;
    private IJSObjectReference? _module;

    /// <summary>A ticket for calls of the API.</summary>
    [JSInvokable]
    public Task<string?> ApiTicketAsync() => tickets.ForApiAsync(_stop.Token);

    /// <summary>A ticket for one download.</summary>
    [JSInvokable]
    public Task<string?> DownloadTicketAsync(string address) => tickets.ForDownloadAsync(address, _stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _module.DisposeQuietlyAsync();
        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _self = DotNetObjectReference.Create(this);
            _module = await script.InvokeAsync<IJSObjectReference>("import", _stop.Token, Module);

            // The page may have been left meanwhile, and what is given to the script with it.
            _stop.Token.ThrowIfCancellationRequested();
            await _module.InvokeVoidAsync("open", _stop.Token, _self);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The tab was closed.
        }
    }
}
