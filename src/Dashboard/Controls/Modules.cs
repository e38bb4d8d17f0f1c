using Microsoft.JSInterop;

namespace Dashboard.Controls;

internal static class Modules
{
    /// <summary>Loads a module. Null where the page was left meanwhile: there is nothing to start, and nobody to tell.</summary>
    /// <param name="js">The circuit’s scripts.</param>
    /// <param name="path">The module's address, relative to the application's.</param>
    /// <param name="left">Cancelled when the component is disposed of.</param>
    public static async Task<IJSObjectReference?> ImportAsync(this IJSRuntime js, string path, CancellationToken left)
    {
        try
        {
            var module = await js.InvokeAsync<IJSObjectReference>("import", left, path);
            if (!left.IsCancellationRequested)
            {
                return module;
            }

            await module.DisposeQuietlyAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left, or the tab closed.
        }

        return null;
    }

    /// <summary>Disposes of a module; a browser that has already gone holds nothing any more.</summary>
    public static async ValueTask DisposeQuietlyAsync(this IJSObjectReference? module)
    {
        try
        {
            if (module is not null)
            {
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The tab was closed.
        }
    }
}
