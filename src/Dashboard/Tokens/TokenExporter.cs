using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace Dashboard.Tokens;

/// <summary>Exports as the page does it: asks why, then lets the browser download with a ticket that works once.</summary>
public sealed class TokenExporter(Acts acts, IJSRuntime script)
{
    /// <summary>Asks and starts the download.</summary>
    /// <param name="query">The filter, as the tokens page writes it into its address.</param>
    /// <param name="format"><c>csv</c> or <c>ndjson</c>.</param>
    /// <param name="rows">How many rows that are; null where it is not known yet.</param>
    /// <param name="isCapped">True where there are more than that.</param>
    public async Task ExportAsync(string query, string format, long? rows, bool isCapped)
    {
        var question = new ReasonQuestion
        {
            Title = "Export these tokens?",
            Named = rows is { } count ? $"{count:N0}{(isCapped ? " or more" : "")} rows as {format.ToUpperInvariant()}" : format.ToUpperInvariant(),
            Consequence = "A file with subjects, clients, scopes and addresses leaves Signet. It holds no token.",
            ActionLabel = "Export",
            IsDestructive = false,
        };
        if (await acts.AskAsync(Right.Export, question) is not { Reason: var reason })
        {
            return;
        }

        var address = QueryHelpers.AddQueryString("/dashboard/tokens/export" + query, "format", format);
        await script.InvokeVoidAsync(
            "signet.download", QueryHelpers.AddQueryString(address, "reason", reason), $"tokens.{format}");
    }
}
