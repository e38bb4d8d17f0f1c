using Dashboard.Core.Events.Rollups;

namespace Dashboard.Hosting.Failures;

/// <summary>How many were refused in each step of a time, by code, most first.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Codes">The codes that occurred.</param>
public sealed record RefusalSeries(RefusalSteps Steps, IReadOnlyList<CodeCounts> Codes)
{
    public long Total { get; } = Codes.Sum(code => code.Total);

    /// <summary>Adds up counts of the steps' grain; what lies outside is left out.</summary>
    public static RefusalSeries Of(RefusalSteps steps, IEnumerable<RefusalCount> counts)
    {
        Dictionary<string, long[]> codes = new(StringComparer.Ordinal);
        foreach (var count in counts)
        {
            if (steps.IndexOf(count.At) is >= 0 and var index && index < steps.Count)
            {
                (codes.TryGetValue(count.Code, out var values) ? values : codes[count.Code] = new long[steps.Count])[index] += count.Count;
            }
        }

        return new RefusalSeries(steps, Sorted(codes.Select(code => new CodeCounts(code.Key, code.Value))));
    }

    /// <summary>How many of any code were refused in a step.</summary>
    public long TotalAt(int index) => Codes.Sum(code => code.Values[index]);

    /// <summary>The codes that most were refused with, and the others as one.</summary>
    /// <param name="most">How many codes keep their own numbers.</param>
    /// <param name="others">The others together; null where there are none.</param>
    public IReadOnlyList<CodeCounts> Fold(int most, out CodeCounts? others)
    {
        var rest = Codes.Skip(most).ToList();
        others = rest is []
            ? null
            : new CodeCounts("", [.. Enumerable.Range(0, Steps.Count).Select(index => rest.Sum(code => code.Values[index]))]);
        return [.. Codes.Take(most)];
    }

    private static IReadOnlyList<CodeCounts> Sorted(IEnumerable<CodeCounts> codes) =>
        [.. codes.OrderByDescending(code => code.Total).ThenBy(code => code.Code, StringComparer.Ordinal)];
}

/// <summary>How many were refused with one code in each step.</summary>
public sealed record CodeCounts(string Code, IReadOnlyList<long> Values)
{
    public long Total { get; } = Values.Sum();
}
