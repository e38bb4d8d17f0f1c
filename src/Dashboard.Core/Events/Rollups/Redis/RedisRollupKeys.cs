using System.Globalization;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Events.Rollups.Redis;

/// <summary>
/// Where counters lie. A series is a hash for each facet, value and period, with a field for each step and code; for
/// <see cref="RollupFacet.All"/> the value stands in the field, too. Beside it, for who had most, a sorted set for each facet
/// and step. One index for each grain names all of them, by the beginning of what they hold.
/// </summary>
internal sealed class RedisRollupKeys(RedisKeys names)
{
    private const string SeriesSign = "s";
    private const string TopSign = "t";

    /// <summary>The index of a grain.</summary>
    public RedisKey Index(RollupGrain grain) => names.RefusalCounts(Name(grain));

    /// <summary>The key behind a member of the index.</summary>
    public RedisKey KeyOf(RollupGrain grain, string member) => names.RefusalCounts(Name(grain), member);

    /// <summary>The member of a series.</summary>
    public static string Series(RollupGrain grain, RollupFacet facet, string value, long at) =>
        Join(SeriesSign, Text((int)facet), Text(PeriodOf(grain, at)), facet is RollupFacet.All ? "" : value);

    /// <summary>The member of the set of who had most in a step.</summary>
    public static string Top(RollupFacet facet, long at) => Join(TopSign, Text((int)facet), Text(at));

    /// <summary>The field of a counter in its series.</summary>
    public static string FieldOf(RollupCell cell) => cell.Facet is RollupFacet.All
        ? Join(Text(cell.At), cell.Code, cell.Value)
        : Join(Text(cell.At), cell.Code);

    /// <summary>The facet and value of a series; null where the member is none.</summary>
    public static (RollupFacet Facet, string Value)? ReadSeries(string member) =>
        member.Split(RefusalValues.Separator, 4) is [SeriesSign, var facet, _, var value]
            ? ((RollupFacet)int.Parse(facet, CultureInfo.InvariantCulture), value)
            : null;

    /// <summary>The step, code and, where it stands there, value of a field.</summary>
    public static (long At, string Code, string? Value) ReadField(string field)
    {
        var parts = field.Split(RefusalValues.Separator, 3);
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts is [_, _, var value] ? value : null);
    }

    /// <summary>When the period begins that a step is in: what one series holds.</summary>
    public static long PeriodOf(RollupGrain grain, long at)
    {
        var length = (long)LengthOf(grain).TotalMilliseconds;
        return at - (((at % length) + length) % length);
    }

    /// <summary>The beginnings of all periods that touch a range.</summary>
    public static IEnumerable<long> PeriodsOf(RollupGrain grain, TimeRange range)
    {
        var length = (long)LengthOf(grain).TotalMilliseconds;
        for (var at = PeriodOf(grain, range.From.ToUnixTimeMilliseconds()); at < range.To.ToUnixTimeMilliseconds(); at += length)
        {
            yield return at;
        }
    }

    /// <summary>How long a period is.</summary>
    public static TimeSpan LengthOf(RollupGrain grain) => grain switch
    {
        RollupGrain.Minute => TimeSpan.FromHours(1),
        RollupGrain.Hour => TimeSpan.FromDays(1),
        RollupGrain.Day => TimeSpan.FromDays(32),
        _ => throw new ArgumentOutOfRangeException(nameof(grain), grain, "No such grain."),
    };

    public static string Join(params ReadOnlySpan<string> parts) => string.Join(RefusalValues.Separator, parts!);

    private static string Name(RollupGrain grain) => grain switch
    {
        RollupGrain.Minute => "minute",
        RollupGrain.Hour => "hour",
        RollupGrain.Day => "day",
        _ => throw new ArgumentOutOfRangeException(nameof(grain), grain, "No such grain."),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
