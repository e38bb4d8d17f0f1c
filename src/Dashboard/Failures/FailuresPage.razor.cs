using System.Globalization;
using Dashboard.Controls;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Failures;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Failures;

/// <summary>What is refused, over time and by whom. What is looked at stands in the address.</summary>
public sealed partial class FailuresPage(
    FailureReader reader, NavigationManager navigation, BrowserTime browserTime, MinuteTicks ticks, TimeProvider clock) : IDisposable
{
    /// <summary>How many refusals a page of the list has.</summary>
    public const int PageSize = 50;

    // Under attack there are hundreds of refusals a second: nobody reads so fast, and the store has better to do.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _left = new();
    private readonly PageTrail _trail = new();
    private readonly FailureBoards _boards = new(reader);
    private CancellationTokenSource? _reading;
    private FailuresAddress _address = FailuresAddress.Everything;

    // What is on the screen, until the address's is there.
    private FailuresAddress _shown = FailuresAddress.Everything;
    private IReadOnlyList<FieldFault> _faults = [];
    private FailureBoard? _board;
    private long _seen = long.MaxValue;

    // The number of the newest refusal when the first page of the list was read.
    private long _newestListed;
    private int _newer;
    private bool _isPast;

    // Somebody waits: for another address, or for another try.
    private bool _isLoading;
    private bool _isReading;
    private bool _isStale;
    private bool _storeFailed;

    /// <summary>Not read here: asking for it is what makes a change of the query reach this page.</summary>
    [SupplyParameterFromQuery]
    public string? Cursor { get; set; }

    private RefusalFilter Filter => _shown.Query.Filter;

    private string OtherViewHref => (_shown with { ShowsTable = !_shown.ShowsTable }).ToString();

    private string TimeText => _shown.Query.Time switch
    {
        FailureTime.Last last => $"in the last {last.Title}",
        FailureTime.Between(var from, var to) => $"from {browserTime.Format(from)} to {browserTime.Format(to)}",
        _ => "",
    };

    private string NewerText => string.Create(CultureInfo.InvariantCulture, $"{_newer}{(_newer >= PageSize ? "+" : "")} new, show");

    private string EmptyText => _board!.Counted is 0
        ? "As soon as something is refused, it appears here by itself, with its report."
        : "Something was counted, but its reports are gone: they are kept for a shorter time than the numbers.";

    protected override Task OnParametersSetAsync()
    {
        var address = FailuresAddress.Read(navigation.Uri, out _faults);
        if (address.Query != _address.Query)
        {
            _trail.Clear();
        }

        if (address != _address)
        {
            _reading?.Cancel();
        }

        _address = address;
        _trail.Add(address.Position);
        return LoadAsync(isQuiet: false);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        // Not while prerendering: nobody would ever leave that page.
        if (firstRender)
        {
            browserTime.Changed += ZoneChanged;
            ticks.Add(Tick);
        }
    }

    private void ZoneChanged(object? sender, EventArgs change) => Tick();

    // Time goes on, and the chart with it, when nothing is refused, too.
    private void Tick() => _ = InvokeAsync(async () =>
    {
        try
        {
            await LoadAsync(isQuiet: true);
            StateHasChanged();
        }
        catch (Exception exception)
        {
            // Nobody else waits for it.
            await DispatchExceptionAsync(exception);
        }
    });

    private async Task RefreshAsync()
    {
        await LoadAsync(isQuiet: true);
        await Task.Delay(Pause, clock, _left.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    // Never two at once: the store would do the same twice, and an older answer could replace a newer one. What changes during a read
    // is one more read after it, and nobody waits for the answer to an address that was left.
    private async Task LoadAsync(bool isQuiet)
    {
        _isLoading |= !isQuiet;
        _isStale = true;
        if (_isReading)
        {
            return;
        }

        _isReading = true;
        try
        {
            while (_isStale && !_left.IsCancellationRequested)
            {
                _isStale = false;
                await ReadAsync(_address, isQuiet: !_isLoading);
                StateHasChanged();
            }
        }
        finally
        {
            _isReading = false;
        }
    }

    private async Task ReadAsync(FailuresAddress address, bool isQuiet)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        _reading = reading;
        var mustStay = isQuiet && MustStay(address);
        try
        {
            var board = await _boards.ReadAsync(
                address.Query, browserTime.Zone, address.Position.Cursor, mustStay ? _board!.Page : null, reading.Token);
            var newest = await FindNewestAsync(address, board.Page, reading.Token);
            var newer = mustStay ? await CountNewerAsync(address.Query, reading.Token) : 0;
            if (isQuiet && MustStay(address) != mustStay)
            {
                // Somebody scrolled meanwhile: the list must not move under their eyes, nor wait where they are back at its top.
                _isStale = true;
            }
            else if (address == _address)
            {
                _seen = isQuiet && address == _shown && _board is not null ? _newestListed : long.MaxValue;
                (_board, _shown, _newestListed, _newer, _storeFailed) = (board, address, newest, newer, false);
                _isLoading &= isQuiet;
            }
        }
        catch (StoreUnavailableException) when (address == _address)
        {
            (_isLoading, _storeFailed) = (false, true);
        }
        catch (StoreUnavailableException)
        {
            // The read of the address that is looked at now says how it is.
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested)
        {
            // The address was left, or the page.
        }
        finally
        {
            _reading = null;
        }
    }

    private bool MustStay(FailuresAddress address) =>
        _board is not null && address == _shown && (_isPast || address.Position.Number > 1);

    // Whoever comes to a later page by its address has not seen the first one.
    private async Task<long> FindNewestAsync(FailuresAddress address, Page<SecurityEvent> page, CancellationToken cancellationToken)
    {
        if (address.Position.Number > 1 && address.Query == _shown.Query && _newestListed > 0)
        {
            return _newestListed;
        }

        var first = address.Position.Number > 1 ? await _boards.ListAsync(address.Query, browserTime.Zone, null, cancellationToken) : page;
        return first.Items.Select(item => item.Number).FirstOrDefault();
    }

    private async Task<int> CountNewerAsync(FailureQuery query, CancellationToken cancellationToken)
    {
        var newest = await _boards.ListAsync(query, browserTime.Zone, null, cancellationToken);
        return newest.Items.Count(item => item.Number > _newestListed);
    }

    private Task PassAsync(bool isPast)
    {
        _isPast = isPast;
        return isPast || _newer is 0 || _shown.Position.Number > 1 ? Task.CompletedTask : LoadAsync(isQuiet: true);
    }

    private Task ShowNewestAsync()
    {
        if (_shown.Position.Number > 1)
        {
            Go(ListPosition.First);
            return Task.CompletedTask;
        }

        _isPast = false;
        return LoadAsync(isQuiet: true);
    }

    private void Show(RefusalFilter filter) => Go(_address.For(_address.Query with { Filter = filter }));

    private void Show(FailureTime time) => Go(_address.For(_address.Query with { Time = time }));

    private void Zoom(ChartSelection selection)
    {
        var steps = _board!.Series.Steps;
        Show(new FailureTime.Between(steps.At(selection.First), steps.At(selection.Last + 1)));
    }

    private void Next() => Go(_shown.Position.Next(_board!.Page.NextCursor));

    private void Previous() => Go(_trail.Before(_shown.Position));

    private void Go(ListPosition position) => Go(_shown with { Position = position });

    private void Go(FailuresAddress address) => navigation.NavigateTo(address.ToString());

    public void Dispose()
    {
        // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
        _left.Cancel();
        browserTime.Changed -= ZoneChanged;
        ticks.Remove(Tick);
    }
}
