using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Dashboard.App;

/// <summary>The document. Pages excluded from interactive routing stay static: no circuit, no Blazor script.</summary>
public sealed partial class AppRoot
{
    [CascadingParameter]
    public HttpContext HttpContext { get; set; } = null!;

    private bool IsInteractive => HttpContext.AcceptsInteractiveRouting();

    // Not prerendered: nothing may be shown before the browser has proved its key (CircuitGate).
    private InteractiveServerRenderMode? PageMode =>
        IsInteractive ? new InteractiveServerRenderMode(prerender: false) : null;
}
