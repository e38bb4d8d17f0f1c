namespace Dashboard.Core.Throttling;

/// <summary>How failures slow down what may be tried next.</summary>
internal sealed record ThrottleRule
{
    /// <summary>When a counter that only an action can clear would be forgotten, in milliseconds.</summary>
    public static readonly long Never = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>So many failures cost no wait.</summary>
    public required int Free { get; init; }

    /// <summary>The wait after the last of them. It doubles with every failure beyond.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No wait is longer.</summary>
    public required TimeSpan LongestDelay { get; init; }

    /// <summary>The counter is forgotten so long after its last failure.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>From so many failures on nothing may be tried, and nothing is forgotten, until the counter is cleared; 0 for never.</summary>
    public int StopAt { get; init; }

    /// <summary>How long to wait, in milliseconds; 0 where the next attempt is free. The Redis script does the same.</summary>
    public long WaitAfter(long failures, long lastAt, long now)
    {
        var longest = (long)LongestDelay.TotalMilliseconds;
        if (StopAt > 0 && failures >= StopAt)
        {
            return longest;
        }

        if (failures < Free)
        {
            return 0;
        }

        var delay = Math.Min((long)FirstDelay.TotalMilliseconds << (int)Math.Min(failures - Free, 24), longest);

        // A failure in the future is one of before the clock was set back: as if it were now.
        return Math.Max(0, delay - Math.Max(0, now - lastAt));
    }

    /// <summary>When a counter with so many failures, the last of them now, is forgotten.</summary>
    public long ExpiryAfter(long failures, long now) =>
        StopAt > 0 && failures >= StopAt ? Never : now + (long)Window.TotalMilliseconds;
}
