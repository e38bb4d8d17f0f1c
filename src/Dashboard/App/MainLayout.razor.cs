using Dashboard.Controls;
using Microsoft.AspNetCore.Components.Web;

namespace Dashboard.App;

/// <summary>The shell around every page behind the sign-in.</summary>
public sealed partial class MainLayout(BrowserTime browserTime)
{
    private ErrorBoundary? _boundary;

    // Another page is another chance: its body must not stay hidden behind the last one's failure.
    protected override void OnParametersSet() => _boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await browserTime.LoadAsync();
        }
    }

    private void Recover() => _boundary?.Recover();
}
