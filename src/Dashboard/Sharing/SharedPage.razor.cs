using Dashboard.App;
using Dashboard.Core.Access;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sharing;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Sharing;

/// <summary>Opens a shared report. Every opening is in the audit log; what does not open says the same, whatever the reason.</summary>
public sealed partial class SharedPage(ReportShares shares, CurrentOperator current, ShareActs acts) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private LookupState _state;
    private OpenedShare? _opened;
    private string? _shown;
    private bool _canEnd;

    private enum LookupState
    {
        Looking,
        Found,
        NotFound,
        StoreFailed,
    }

    /// <summary>The secret of the link.</summary>
    [Parameter]
    public string Secret { get; set; } = "";

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Secret)
        {
            _shown = Secret;
            await OpenAsync();
        }
    }

    private async Task OpenAsync()
    {
        (_state, _opened) = (LookupState.Looking, null);
        try
        {
            if (await current.FindAsync(Right.ReadTokens) is { } who)
            {
                _opened = await shares.OpenAsync(Secret, who, _left.Token);
                _canEnd = _opened?.Share.CreatedBy == who.Name || await current.MayAsync(Right.ManageShares);
            }

            _state = _opened is null ? LookupState.NotFound : LookupState.Found;
        }
        catch (StoreUnavailableException)
        {
            _state = LookupState.StoreFailed;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task EndAsync()
    {
        // Not opened again to see: that would be an opening, too.
        if (await acts.EndAsync(_opened!.Share, _left.Token))
        {
            (_state, _opened) = (LookupState.NotFound, null);
        }
    }

    // Cancelled, not disposed: a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
