using Dashboard.Controls;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Stats;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.Overview;

/// <summary>The state of everything at a glance, kept true while it is looked at.</summary>
public sealed partial class OverviewPage(
    OverviewReader reader, AuthenticationStateProvider authentication, BrowserTime browserTime, TimeProvider clock) : IDisposable
{
    // A busy Signet changes many times a second; people read once.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _left = new();
    private OverviewBoard? _board;
    private bool _storeFailed;
    private bool _isWaiting;

    private string Since => Uri.EscapeDataString(
        (clock.GetUtcNow() - OverviewNumbers.Window).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    protected override Task OnInitializedAsync() => LoadAsync();

    // Changes during the pause are seen by the one load after it.
    private async Task RefreshAsync()
    {
        if (_isWaiting)
        {
            return;
        }

        _isWaiting = true;
        try
        {
            await Task.Delay(Pause, clock, _left.Token);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _isWaiting = false;
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            var role = (await authentication.GetAuthenticationStateAsync()).User.Role();
            _board = await reader.ReadAsync(role, browserTime.Zone, _left.Token);
            _storeFailed = false;
        }
        catch (StoreUnavailableException)
        {
            _storeFailed = true;
            _ = InvokeAsync(RefreshAsync);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    // Cancelled, not disposed: a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
