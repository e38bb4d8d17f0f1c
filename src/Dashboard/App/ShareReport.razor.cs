using Dashboard.Core.Sharing;
using Microsoft.AspNetCore.Components;

namespace Dashboard.App;

/// <summary>Shares one report. Give it a key of what the report is about: the link of one token must not stand below another.</summary>
public sealed partial class ShareReport(ShareActs acts, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private ShareOutcome.Made? _shared;
    private bool _isSharing;

    /// <summary>What is shared, redacted when it is.</summary>
    [Parameter, EditorRequired]
    public SharedReport Of { get; set; } = null!;

    /// <summary>The <c>req_…</c> of the refusal; null for a report of the inspector.</summary>
    [Parameter]
    public string? Reference { get; set; }

    private async Task ShareAsync()
    {
        _isSharing = true;
        try
        {
            _shared = await acts.ShareAsync(Of, Reference, _left.Token);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _isSharing = false;
        }
    }

    private string LinkOf(ShareOutcome.Made shared) => navigation.ToAbsoluteUri($"/shared/{shared.Secret}").AbsoluteUri;

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
