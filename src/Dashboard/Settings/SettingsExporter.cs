using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace Dashboard.Settings;

/// <summary>Exports as the page does it: asks why, then lets the browser download with a ticket that works once.</summary>
public sealed class SettingsExporter(Acts acts, IJSRuntime script)
{
    /// <summary>Exports the findings.</summary>
    /// <param name="format"><c>json</c> or <c>csv</c>.</param>
    public Task ExportPostureAsync(string format) => ExportAsync(
        new ReasonQuestion
        {
            Title = "Export the findings?",
            Named = $"Posture as {format.ToUpperInvariant()}",
            Consequence = "A file leaves Signet that says where this deployment is weak, with names of clients and operators.",
            ActionLabel = "Export",
            IsDestructive = false,
        },
        QueryHelpers.AddQueryString("/dashboard/posture/export", "format", format),
        $"posture.{format}");

    /// <summary>Exports the configuration.</summary>
    public Task ExportConfigurationAsync() => ExportAsync(
        new ReasonQuestion
        {
            Title = "Export the configuration?",
            Named = "Every setting as JSON",
            Consequence = "A file with addresses, limits and names leaves Signet. It holds no secret.",
            ActionLabel = "Export",
            IsDestructive = false,
        },
        "/dashboard/settings/export",
        "settings.json");

    private async Task ExportAsync(ReasonQuestion question, string address, string name)
    {
        if (await acts.AskAsync(Right.Export, question) is { Reason: var reason })
        {
            await script.InvokeVoidAsync("signet.download", QueryHelpers.AddQueryString(address, "reason", reason), name);
        }
    }
}
