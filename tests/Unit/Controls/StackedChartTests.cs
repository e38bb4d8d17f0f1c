using Bunit;
using Dashboard.Controls;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Controls;

/// <summary>The chart that is pointed at, drawn over and walked through.</summary>
public sealed class StackedChartTests : BunitContext
{
    private readonly BunitJSModuleInterop _module;
    private readonly List<ChartSelection> _selected = [];

    public StackedChartTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        _module = JSInterop.SetupModule("./Controls/StackedChart.razor.js");
        _module.Mode = JSRuntimeMode.Loose;
        Services.AddControls();
    }

    [Fact]
    public void Each_column_is_a_button_that_says_its_numbers_and_one_is_a_stop_of_tab()
    {
        var chart = Show();

        var columns = chart.FindAll("[role=button]");
        Assert.Equal(["step 0", "step 1", "step 2"], columns.Select(column => column.GetAttribute("aria-label")));
        Assert.Equal(["-1", "-1", "0"], columns.Select(column => column.GetAttribute("tabindex")));
        Assert.Equal(["bar s1", "bar s0"], chart.FindAll("[data-column='0'] .bar").Select(bar => bar.ClassName));
        Assert.DoesNotContain("style=", chart.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(chart.FindAll(".band"));
    }

    [Fact]
    public async Task Arrows_go_from_column_to_column_and_enter_chooses_one()
    {
        var chart = Show();

        await PressAsync(chart, "ArrowLeft");
        Assert.Equal("0", chart.Find("[data-column='1']").GetAttribute("tabindex"));
        Assert.Contains("step 1", chart.Find(".readout").TextContent, StringComparison.Ordinal);

        await PressAsync(chart, "Home");
        await PressAsync(chart, "ArrowLeft");
        await PressAsync(chart, "Enter");
        await PressAsync(chart, "End");
        await PressAsync(chart, "ArrowRight");
        await PressAsync(chart, " ");

        Assert.Equal([new ChartSelection(0, 0), new ChartSelection(2, 2)], _selected);
    }

    [Fact]
    public async Task Keyboard_stays_in_the_chart_when_it_looks_closer()
    {
        var chart = Show();
        await PressAsync(chart, "End");
        await PressAsync(chart, "Enter");

        chart.Render(parameters => parameters.Add(closer => closer.Count, 2));

        Assert.Equal("0", chart.Find("[data-column='1']").GetAttribute("tabindex"));
        JSInterop.VerifyFocusAsyncInvoke(calledTimes: 2);
    }

    [Fact]
    public async Task Click_chooses_a_column_and_a_stroke_all_it_goes_over()
    {
        var chart = Show();

        await chart.Find("[data-column='1']").ClickAsync(new MouseEventArgs());
        await chart.InvokeAsync(() => chart.Instance.BrushAsync(2, 0));
        await chart.InvokeAsync(() => chart.Instance.BrushAsync(0, 99));

        Assert.Equal([new ChartSelection(1, 1), new ChartSelection(0, 2)], _selected);
    }

    [Fact]
    public async Task Pointing_says_the_numbers_until_the_pointer_leaves()
    {
        var chart = Show();
        Assert.Equal("a hint", chart.Find(".readout").TextContent);

        await chart.InvokeAsync(() => chart.Instance.Hover(1));
        Assert.Equal("step 1", chart.Find(".readout").TextContent);

        await chart.InvokeAsync(() => chart.Instance.Hover(null));
        Assert.Equal("a hint", chart.Find(".readout").TextContent);
    }

    [Fact]
    public async Task Texts_are_made_when_the_numbers_change_and_not_when_somebody_points()
    {
        var made = 0;
        var chart = Show();
        chart.Render(parameters => parameters.Add(shown => shown.TextOf, index => FormattableString.Invariant($"text {index} of {++made}")));
        Assert.Equal(3, made);

        await chart.InvokeAsync(() => chart.Instance.Hover(1));
        await PressAsync(chart, "Home");

        Assert.Equal(3, made);
        Assert.Equal("text 0 of 1", chart.Find(".readout").TextContent);
    }

    [Fact]
    public void Small_one_is_without_the_line_below() => Assert.Empty(Show(isSmall: true).FindAll(".readout"));

    [Fact]
    public async Task Leaving_ends_what_listens_in_the_browser()
    {
        Show();
        _module.VerifyInvoke("start");

        await DisposeComponentsAsync();

        _module.VerifyInvoke("stop");
    }

    private static Task PressAsync(IRenderedComponent<StackedChart> chart, string key) =>
        chart.Find(".plot").KeyDownAsync(new KeyboardEventArgs { Key = key });

    private IRenderedComponent<StackedChart> Show(bool isSmall = false) => Render<StackedChart>(parameters => parameters
        .Add(chart => chart.Label, "Refusals")
        .Add(chart => chart.From, new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero))
        .Add(chart => chart.Width, TimeSpan.FromMinutes(15))
        .Add(chart => chart.Count, 3)
        .Add(chart => chart.Series, [new ChartSeries("a", [1, 2, 0], 1), new ChartSeries("rest", [1, 0, 0], 0)])
        .Add(chart => chart.Band, [new ChartBand(0, 1, 2), null, null])
        .Add(chart => chart.TextOf, index => FormattableString.Invariant($"step {index}"))
        .Add(chart => chart.Hint, "a hint")
        .Add(chart => chart.IsSmall, isSmall)
        .Add(chart => chart.OnSelect, _selected.Add));
}
