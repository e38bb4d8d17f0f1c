using Dashboard.Core.Primitives;
using Dashboard.Hosting.Failures;

namespace Dashboard.Hosting.Stats;

/// <summary>What the overview shows.</summary>
/// <param name="At">When it was counted.</param>
/// <param name="Since">From when on the last three count.</param>
/// <param name="LiveTokens">Neither expired nor revoked.</param>
/// <param name="Issued">Tokens issued since then.</param>
/// <param name="Revoked">Tokens revoked since then.</param>
/// <param name="Refused">Requests refused since then.</param>
/// <param name="RefusedByCode">The same by code, most first.</param>
/// <param name="Health">Every part that Signet needs.</param>
internal sealed record StatsJson(
    DateTimeOffset At,
    DateTimeOffset Since,
    CountJson LiveTokens,
    CountJson Issued,
    CountJson Revoked,
    CountJson Refused,
    IReadOnlyList<RefusedJson> RefusedByCode,
    IReadOnlyList<HealthJson> Health);

/// <summary>A count; at least so many where it is capped.</summary>
internal sealed record CountJson(long Count, bool IsCapped)
{
    public static CountJson Of(CappedCount count) => new(count.Value, count.IsCapped);
}

/// <summary>How many were refused with one code, against the same 24 hours of the past weeks.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Count">How many.</param>
/// <param name="UsualLow">The lowest of the past four weeks; null where there is less than a week to compare with.</param>
/// <param name="UsualHigh">The highest.</param>
/// <param name="IsUnusual">True where somebody should look.</param>
internal sealed record RefusedJson(string Code, long Count, double? UsualLow, double? UsualHigh, bool IsUnusual)
{
    public static RefusedJson Of(RefusalNow refusal) =>
        new(refusal.Code, refusal.Count, refusal.Usual?.Low, refusal.Usual?.High, refusal.IsUnusual);
}

/// <summary>How one part is: <c>ok</c>, <c>warning</c>, <c>unavailable</c> or <c>unknown</c>.</summary>
internal sealed record HealthJson(string Name, string Status, string? Detail, DateTimeOffset? At)
{
    public static HealthJson Of(HealthItem item) => new(
        item.Key,
        item.Kind.ToString().ToLowerInvariant(),
        item.Detail,
        item.At);
}
