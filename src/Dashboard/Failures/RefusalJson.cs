using Dashboard.Core.Events.Rollups;
using Dashboard.Hosting.Failures;

namespace Dashboard.Failures;

/// <summary>How many were refused in each step of a time.</summary>
/// <param name="From">When the first step begins.</param>
/// <param name="To">The first moment behind the last one.</param>
/// <param name="StepSeconds">How long each is.</param>
/// <param name="Grain">Which counts were added up.</param>
/// <param name="Total">How many there were.</param>
/// <param name="Codes">The codes, most first.</param>
/// <param name="Usual">What is usual in each step, any code; absent where nobody can say.</param>
/// <param name="UsualGap">Why it is absent: <c>too_young</c> or <c>too_long</c>.</param>
/// <param name="Tops">Who had most, by what was asked for in <c>by</c>.</param>
internal sealed record FailureCountsJson(
    DateTimeOffset From,
    DateTimeOffset To,
    int StepSeconds,
    RollupGrain Grain,
    long Total,
    IReadOnlyList<FailureCodeJson> Codes,
    IReadOnlyList<UsualJson?>? Usual,
    UsualGap? UsualGap,
    IReadOnlyDictionary<string, IReadOnlyList<FailureShareJson>> Tops)
{
    public static FailureCountsJson Of(
        RefusalSeries series, UsualBand usual, IReadOnlyDictionary<string, IReadOnlyList<FailureShareJson>> tops) => new(
        series.Steps.From,
        series.Steps.To,
        (int)series.Steps.Width.TotalSeconds,
        series.Steps.Grain,
        series.Total,
        [.. series.Codes.Select(code => new FailureCodeJson(code.Code, code.Total, code.Values))],
        usual.Gap is Hosting.Failures.UsualGap.None ? [.. usual.Steps.Select(UsualJson.Of)] : null,
        usual.Gap is Hosting.Failures.UsualGap.None ? null : usual.Gap,
        tops);
}

/// <summary>One code, with a number for each step.</summary>
internal sealed record FailureCodeJson(string Code, long Total, IReadOnlyList<long> Counts);

/// <summary>The lowest, the middle and the highest of the same time of the past four weeks.</summary>
internal sealed record UsualJson(double Low, double Middle, double High)
{
    public static UsualJson? Of(Usual? usual) => usual is null ? null : new UsualJson(usual.Low, usual.Middle, usual.High);
}

/// <summary>How many one client, address, subject or endpoint had.</summary>
internal sealed record FailureShareJson(string Value, long Count, string MainCode);

/// <summary>What fails right now.</summary>
/// <param name="From">The first hour counted.</param>
/// <param name="To">The end of the present one.</param>
/// <param name="Total">How many.</param>
/// <param name="HasUsual">False where there is less than a week to compare with.</param>
/// <param name="Codes">The codes, most first.</param>
internal sealed record FailuresNowJson(
    DateTimeOffset From, DateTimeOffset To, long Total, bool HasUsual, IReadOnlyList<FailureNowJson> Codes)
{
    public static FailuresNowJson Of(RefusalsNow now) => new(
        now.Range.From,
        now.Range.To,
        now.Total,
        now.HasUsual,
        [.. now.Codes.Select(code => new FailureNowJson(code.Code, code.Count, UsualJson.Of(code.Usual), code.IsUnusual))]);
}

/// <summary>One code of the last 24 hours, against the same 24 hours of the past four weeks.</summary>
internal sealed record FailureNowJson(string Code, long Count, UsualJson? Usual, bool IsUnusual);
