using System.Globalization;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;

namespace Dashboard.Keys;

/// <summary>The lives of keys laid out over a time, in percents of its length. Decides where things stand, draws nothing.</summary>
internal sealed class KeyTimeline
{
    private const int TickCount = 4;
    private const double Ahead = 0.15;

    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    private readonly DateTimeOffset _now;

    public KeyTimeline(IReadOnlyList<SigningKey> keys, KeyPlan plan, KeyRange range, DateTimeOffset now)
    {
        _now = now;
        var oldest = keys.Count is 0 ? now : keys.Min(key => key.CreatedAt);
        var length = range.Length ?? (now - oldest > Shortest ? now - oldest : Shortest);
        From = now - length;
        Until = now + (length * Ahead);
        Lanes =
        [
            .. keys.Where(key => LastOf(key) is not { } last || last >= From)
                .Select(key => new KeyLane(key, [.. SpansOf(key, plan).Where(span => span.Until > From && span.From < Until)])),
        ];
        Hidden = keys.Count - Lanes.Count;
    }

    public DateTimeOffset From { get; }

    public DateTimeOffset Until { get; }

    public IReadOnlyList<KeyLane> Lanes { get; }

    /// <summary>How many keys had ended before the time begins.</summary>
    public int Hidden { get; }

    public string Now => At(_now);

    /// <summary>Moments to write below, from the first to the last.</summary>
    public IEnumerable<DateTimeOffset> Ticks =>
        Enumerable.Range(0, TickCount).Select(index => From + ((Until - From) * (index / (double)(TickCount - 1))));

    /// <summary>Where a moment stands, such as <c>12.5%</c>; what lies outside stands at the edge.</summary>
    public string At(DateTimeOffset time) => Percent(ShareOf(time));

    /// <summary>How wide the time between two moments is.</summary>
    public string Width(KeySpan span) => Percent(ShareOf(span.Until) - ShareOf(span.From));

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private double ShareOf(DateTimeOffset time) => Math.Clamp((time - From) / (Until - From), 0, 1);

    private static DateTimeOffset? LastOf(SigningKey key) => key.RetiredAt ?? key.RevokedAt;

    private IEnumerable<KeySpan> SpansOf(SigningKey key, KeyPlan plan)
    {
        var end = LastOf(key) ?? _now;
        var waitsUntil = key.CurrentSince ?? key.PreviousSince ?? end;
        if (waitsUntil > key.CreatedAt)
        {
            yield return new KeySpan(KeyState.Next, key.CreatedAt, waitsUntil);
        }

        if (key.State is KeyState.Next && plan.NextRotationAt(key.Algorithm) is { } rotation && rotation > _now)
        {
            yield return new KeySpan(KeyState.Next, _now, rotation) { IsPlanned = true };
        }

        if (key.CurrentSince is { } since)
        {
            yield return new KeySpan(KeyState.Current, since, key.PreviousSince ?? end);
        }

        if (key.PreviousSince is { } previous && end > previous)
        {
            yield return new KeySpan(KeyState.Previous, previous, end);
        }

        if (LastOf(key) is { } last)
        {
            yield return new KeySpan(key.State, last, _now);
        }
    }
}

/// <summary>The life of one key.</summary>
internal sealed record KeyLane(SigningKey Key, IReadOnlyList<KeySpan> Spans);

/// <summary>A part of a key's life that it spent, or is to spend, in one state.</summary>
internal sealed record KeySpan(KeyState State, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>True for what has not happened yet.</summary>
    public bool IsPlanned { get; init; }
}
