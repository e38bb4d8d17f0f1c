using Dashboard.Controls;
using Dashboard.Hosting.Failures;

namespace Dashboard.Failures;

/// <summary>What the columns of a chart of refusals are made of. Codes keep their colours while somebody looks.</summary>
internal sealed class FailureColumns
{
    private readonly CodeSlots _slots = new();

    /// <summary>The codes with a colour of their own, in the order of the colours.</summary>
    public IReadOnlyList<(CodeCounts Counts, int Slot)> Parts { get; private set; } = [];

    /// <summary>The other codes together; null where there are none.</summary>
    public CodeCounts? Others { get; private set; }

    public IReadOnlyList<ChartSeries> Series { get; private set; } = [];

    public IReadOnlyList<ChartBand?> Band { get; private set; } = [];

    /// <summary>Which colour a code has; 0 where it has none of its own.</summary>
    public int SlotOf(string code) => Parts.FirstOrDefault(part => part.Counts.Code == code).Slot;

    public void Show(RefusalSeries series, UsualBand usual)
    {
        Parts = _slots.Arrange(series.Fold(ChartSeries.Slots, out var rest));
        Others = rest;
        Series =
        [
            .. Parts.Select(part => new ChartSeries(CodeWords.Of(part.Counts.Code).Title, part.Counts.Values, part.Slot)),
            .. rest is null ? Array.Empty<ChartSeries>() : [new ChartSeries("Others", rest.Values, 0)],
        ];
        Band = [.. usual.Steps.Select(step => step is null ? null : new ChartBand(step.Low, step.Middle, step.High))];
    }
}
