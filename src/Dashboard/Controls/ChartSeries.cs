namespace Dashboard.Controls;

/// <summary>One part of the columns of a <see cref="StackedChart"/>.</summary>
/// <param name="Title">What it is, for whoever reads the legend.</param>
/// <param name="Values">A number for each step.</param>
/// <param name="Slot">Which colour, from 1 to <see cref="Slots"/>; 0 for everything else together.</param>
public sealed record ChartSeries(string Title, IReadOnlyList<long> Values, int Slot)
{
    /// <summary>How many colours can be told apart, by those too who do not see all of them.</summary>
    public const int Slots = 6;
}

/// <summary>What is usual in one step.</summary>
public sealed record ChartBand(double Low, double Middle, double High);

/// <summary>The steps that somebody chose, from the first to the last, both included.</summary>
public readonly record struct ChartSelection(int First, int Last);
