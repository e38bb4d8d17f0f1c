using Dashboard.App;
using Dashboard.Core.Access;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sharing;
using Dashboard.Hosting;

namespace Dashboard.Sharing;

/// <summary>What is shared now, and a way to end it: everything for administrators, and else one's own.</summary>
public sealed partial class SharesPage(ReportShares reportShares, CurrentOperator current, ShareActs acts) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<ReportShare>? _shares;
    private bool _seesAll;
    private bool _storeFailed;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _seesAll = await current.MayAsync(Right.ManageShares);
            _shares = await current.FindAsync(Right.ReadTokens) is { } who ? await reportShares.ListAsync(who, _left.Token) : [];
            _storeFailed = false;
        }
        catch (StoreUnavailableException)
        {
            _storeFailed = true;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task EndAsync(ReportShare share)
    {
        if (await acts.EndAsync(share, _left.Token))
        {
            await LoadAsync();
        }
    }

    // Cancelled, not disposed: a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
