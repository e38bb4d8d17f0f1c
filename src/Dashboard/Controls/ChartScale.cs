using System.Globalization;
using System.Text;

namespace Dashboard.Controls;

/// <summary>Where things stand in a chart of columns: a step is 1 wide, and the chart 100 high. Draws nothing.</summary>
internal sealed class ChartScale
{
    public const int Height = 100;

    private const double Gap = 0.1;

    public ChartScale(IReadOnlyList<ChartSeries> series, IReadOnlyList<ChartBand?> band, int count)
    {
        var highest = count is 0 ? 0 : Enumerable.Range(0, count).Max(index => series.Sum(part => part.Values[index]));
        var usual = band.Max(step => step?.High) ?? 0;
        Top = Round(Math.Max(highest, usual));
    }

    /// <summary>The number at the upper edge: round, and even, so that the middle has one, too.</summary>
    public long Top { get; }

    /// <summary>How high a number stands, from the upper edge.</summary>
    public double Y(double value) => Height - (value / Top * Height);

    /// <summary>The parts of a column, from below, each with its upper edge and its height.</summary>
    public IEnumerable<ChartBar> BarsAt(int index, IReadOnlyList<ChartSeries> series)
    {
        long below = 0;
        foreach (var part in series.Where(part => part.Values[index] > 0))
        {
            below += part.Values[index];
            yield return new ChartBar(
                part.Slot, Text(index + Gap), Text(1 - (2 * Gap)), Text(Y(below)), Text(part.Values[index] / (double)Top * Height));
        }
    }

    /// <summary>The outline of the band, broken where nothing is known.</summary>
    public string AreaOf(IReadOnlyList<ChartBand?> band)
    {
        StringBuilder path = new();
        foreach (var (first, last) in Runs(band))
        {
            path.Append(CultureInfo.InvariantCulture, $"M{first} {Text(Y(band[first]!.High))}");
            for (var index = first; index <= last; index++)
            {
                path.Append(CultureInfo.InvariantCulture, $"V{Text(Y(band[index]!.High))}H{index + 1}");
            }

            for (var index = last; index >= first; index--)
            {
                path.Append(CultureInfo.InvariantCulture, $"V{Text(Y(band[index]!.Low))}H{index}");
            }

            path.Append('Z');
        }

        return path.ToString();
    }

    /// <summary>The line of the middle.</summary>
    public string MiddleOf(IReadOnlyList<ChartBand?> band)
    {
        StringBuilder path = new();
        foreach (var (first, last) in Runs(band))
        {
            path.Append(CultureInfo.InvariantCulture, $"M{first} {Text(Y(band[first]!.Middle))}");
            for (var index = first; index <= last; index++)
            {
                path.Append(CultureInfo.InvariantCulture, $"V{Text(Y(band[index]!.Middle))}H{index + 1}");
            }
        }

        return path.ToString();
    }

    public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    // 2, 4, 6, 10, 20, 40, 60, 100, …
    private static long Round(double highest)
    {
        for (long power = 1; ; power *= 10)
        {
            foreach (var step in (ReadOnlySpan<long>)[2, 4, 6])
            {
                if (step * power >= highest)
                {
                    return step * power;
                }
            }

            if (10 * power >= highest)
            {
                return 10 * power;
            }
        }
    }

    private static IEnumerable<(int First, int Last)> Runs(IReadOnlyList<ChartBand?> band)
    {
        for (var index = 0; index < band.Count; index++)
        {
            if (band[index] is not null)
            {
                var first = index;
                while (index + 1 < band.Count && band[index + 1] is not null)
                {
                    index++;
                }

                yield return (first, index);
            }
        }
    }
}

/// <summary>A part of a column, as SVG wants it.</summary>
internal sealed record ChartBar(int Slot, string X, string Width, string Y, string Height);
