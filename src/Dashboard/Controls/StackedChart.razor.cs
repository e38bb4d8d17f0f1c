using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Dashboard.Controls;

/// <summary>A chart of stacked columns. Each column is a button; dragging over several chooses them all.</summary>
public sealed partial class StackedChart(IJSRuntime js, BrowserTime browserTime) : IAsyncDisposable
{
    // Cancelled, not disposed: a source without a timer holds nothing, and a late answer may still read its token.
    private readonly CancellationTokenSource _left = new();
    private readonly Dictionary<int, ElementReference> _columns = [];
    private ElementReference _plot;
    private IJSObjectReference? _module;
    private DotNetObjectReference<StackedChart>? _self;
    private ChartScale _scale = new([], [], 0);
    private IReadOnlyList<string> _texts = [];
    private IReadOnlyList<(DateTimeOffset At, string Text)> _ticks = [];
    private int? _current;
    private int? _pointed;

    // Whoever looks closer by keyboard stands on a column that may be gone then.
    private int? _pressedAmong;

    /// <summary>The chart's accessible name.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>When the first step begins.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset From { get; set; }

    /// <summary>How long each step is.</summary>
    [Parameter, EditorRequired]
    public TimeSpan Width { get; set; }

    /// <summary>How many steps there are.</summary>
    [Parameter, EditorRequired]
    public int Count { get; set; }

    /// <summary>The parts, the lowest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ChartSeries> Series { get; set; } = [];

    /// <summary>What is usual in each step; empty where nobody knows.</summary>
    [Parameter]
    public IReadOnlyList<ChartBand?> Band { get; set; } = [];

    /// <summary>What a column says, for whoever hears it, points at it or comes to it by keyboard.</summary>
    [Parameter, EditorRequired]
    public Func<int, string> TextOf { get; set; } = null!;

    /// <summary>What is said below while no column is pointed at.</summary>
    [Parameter]
    public string Hint { get; set; } = "";

    /// <summary>Low, and without the line below: for where it is one of many things.</summary>
    [Parameter]
    public bool IsSmall { get; set; }

    [Parameter]
    public EventCallback<ChartSelection> OnSelect { get; set; }

    // The one column that Tab stops at: the last that somebody went to, or the newest.
    private int Current => Math.Clamp(_current ?? Count - 1, 0, Math.Max(0, Count - 1));

    // Once for these numbers, not again for each column that is pointed at.
    protected override void OnParametersSet()
    {
        _scale = new ChartScale(Series, Band, Count);
        _texts = [.. Enumerable.Range(0, Count).Select(TextOf)];
        _ticks = ChartTicks.Of(From, From + (Width * Count), browserTime.Zone);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await js.ImportAsync("./Controls/StackedChart.razor.js", _left.Token);
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("start", _plot, _self);
            }
        }

        if (_pressedAmong is { } before && before != Count && Count > 0)
        {
            _pressedAmong = null;
            await _columns[Current].FocusAsync();
        }
    }

    /// <summary>Called by the script when the pointer comes to a column; null when it leaves the chart.</summary>
    [JSInvokable]
    public void Hover(int? index)
    {
        Point(index);
        StateHasChanged();
    }

    /// <summary>Called by the script when somebody has drawn over columns; in whatever direction.</summary>
    [JSInvokable]
    public Task BrushAsync(int one, int other) => SelectAsync(Math.Min(one, other), Math.Max(one, other));

    private void Point(int? index) => (_pointed, _current) = (index is >= 0 ? index : null, index is >= 0 ? index : _current);

    private Task SelectAsync(int first, int last) => first >= 0 && last < Count
        ? OnSelect.InvokeAsync(new ChartSelection(first, last))
        : Task.CompletedTask;

    private async Task PressAsync(KeyboardEventArgs pressed)
    {
        int? to = pressed.Key switch
        {
            "ArrowRight" => Math.Min(Current + 1, Count - 1),
            "ArrowLeft" => Math.Max(Current - 1, 0),
            "Home" => 0,
            "End" => Count - 1,
            _ => null,
        };
        if (to is { } index)
        {
            Point(index);
            await _columns[index].FocusAsync();
        }
        else if (pressed.Key is "Enter" or " ")
        {
            _pressedAmong = Count;
            await SelectAsync(Current, Current);
        }
    }

    // An element whose name Razor keeps for itself.
    private RenderFragment Axis => builder =>
    {
        foreach (var (at, text) in _ticks)
        {
            builder.OpenElement(0, "text");
            builder.SetKey(at);
            builder.AddAttribute(1, "x", ChartScale.Text((at - From) / (Width * Count) * 100) + "%");
            builder.AddAttribute(2, "y", "1em");
            builder.AddContent(3, text);
            builder.CloseElement();
        }
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await StopAsync();
        await _module.DisposeQuietlyAsync();
        _self?.Dispose();
    }

    private async Task StopAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("stop", _plot);
            }
        }
        catch (JSDisconnectedException)
        {
            // The tab was closed, and its listeners with it.
        }
    }
}
