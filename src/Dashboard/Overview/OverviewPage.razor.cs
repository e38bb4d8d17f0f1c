using Dashboard.Controls;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Stats;

namespace Dashboard.Overview;

/// <summary>The state of everything at a glance, kept true while it is looked at.</summary>
public sealed partial class OverviewPage(
    OverviewReader reader, ICircuitOperator circuit, BrowserTime browserTime, TimeProvider clock) : IDisposable
{
    // A busy Signet changes many times a second; people read once.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A store that is gone tells nobody, and time goes on where nothing happens.
    private static readonly TimeSpan LongestStill = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _left = new();
    private ITimer? _timer;
    private OverviewBoard? _board;
    private bool _storeFailed;
    private bool _isLoading;
    private bool _isStale;
    private bool _isWaiting;

    private string Since => Uri.EscapeDataString(
        (clock.GetUtcNow() - OverviewNumbers.Window).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        // Not while prerendering: nobody would ever leave that page.
        if (firstRender)
        {
            browserTime.Changed += ZoneChanged;
            _timer = clock.CreateTimer(_ => LoadAgain(), null, LongestStill, LongestStill);
        }
    }

    // What is usual, and every time, is of the zone.
    private void ZoneChanged(object? sender, EventArgs change) => LoadAgain();

    private void LoadAgain() => Start(LoadAsync);

    private void Start(Func<Task> work) => _ = InvokeAsync(async () =>
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            // Nobody else waits for it.
            await DispatchExceptionAsync(exception);
        }
    });

    // Never two at once, or an older answer could replace a newer one: what changes during a load is one more load after it.
    private async Task LoadAsync()
    {
        _isStale = true;
        if (_isLoading)
        {
            return;
        }

        _isLoading = true;
        try
        {
            while (_isStale && !_left.IsCancellationRequested)
            {
                _isStale = false;
                await ReadAsync();
                StateHasChanged();
            }
        }
        finally
        {
            _isLoading = false;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var who = await circuit.FindAsync(_left.Token);
            _board = await reader.ReadAsync(who?.Role(), browserTime.Zone, _left.Token);
            _storeFailed = false;
        }
        catch (StoreUnavailableException)
        {
            _storeFailed = true;
            Start(TryAgainAsync);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task TryAgainAsync()
    {
        if (_isWaiting)
        {
            return;
        }

        _isWaiting = true;
        await Task.Delay(Pause, clock, _left.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _isWaiting = false;
        await LoadAsync();
    }

    public void Dispose()
    {
        // Cancelled, not disposed: a late callback may still read its token.
        _left.Cancel();
        _timer?.Dispose();
        browserTime.Changed -= ZoneChanged;
    }
}
