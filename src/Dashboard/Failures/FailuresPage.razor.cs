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
    private bool _isLoading;
    private bool _storeFailed;
    private int _newestLoad;

    // Which load the screen shows.
    private int _shownLoad;

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

    private async Task LoadAsync(bool isQuiet)
    {
        // A slow answer to an older filter, or to an older time, must not replace a newer one. One that is newer than what is shown
        // counts although yet another load is on its way: where something is refused all the time, there always is one.
        var (load, address) = (++_newestLoad, _address);
        _isLoading |= !isQuiet;
        var mustStay = isQuiet && _board is not null && address == _shown && (_isPast || address.Position.Number > 1);
        try
        {
            var board = await _boards.ReadAsync(
                address.Query, browserTime.Zone, address.Position.Cursor, mustStay ? _board!.Page : null, _left.Token);
            var newest = await FindNewestAsync(address, board.Page);
            var newer = mustStay ? await CountNewerAsync(address.Query) : 0;
            if (load > _shownLoad && address == _address)
            {
                _shownLoad = load;
                _seen = isQuiet && address == _shown && _board is not null ? _newestListed : long.MaxValue;
                (_board, _shown, _newestListed, _newer, _isLoading, _storeFailed) = (board, address, newest, newer, false, false);
            }
        }
        catch (StoreUnavailableException) when (load != _newestLoad)
        {
            // The newer load says how it is now.
        }
        catch (StoreUnavailableException)
        {
            (_isLoading, _storeFailed) = (false, true);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    // Whoever comes to a later page by its address has not seen the first one.
    private async Task<long> FindNewestAsync(FailuresAddress address, Page<SecurityEvent> page)
    {
        if (address.Position.Number > 1 && address.Query == _shown.Query && _newestListed > 0)
        {
            return _newestListed;
        }

        var first = address.Position.Number > 1 ? await _boards.ListAsync(address.Query, browserTime.Zone, null, _left.Token) : page;
        return first.Items.Select(item => item.Number).FirstOrDefault();
    }

    private async Task<int> CountNewerAsync(FailureQuery query)
    {
        var newest = await _boards.ListAsync(query, browserTime.Zone, null, _left.Token);
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
