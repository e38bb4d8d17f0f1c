using Microsoft.JSInterop;

namespace Dashboard.Controls;

internal static class Modules
{
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
