using Dashboard.Core.Events.Rollups;

namespace Dashboard.Hosting.Failures;

/// <summary>The time that failures are looked at. Closed: there are no other kinds.</summary>
public abstract record FailureTime
{
    /// <summary>What is shown where nobody asks for a time.</summary>
    public static readonly Last Day = new("24h", "24 h", TimeSpan.FromHours(24));

    /// <summary>The shortest time that has a name.</summary>
    public static readonly Last Hour = new("1h", "1 h", TimeSpan.FromHours(1));

    private FailureTime()
    {
    }

    /// <summary>The times that have a name, the shortest first.</summary>
    public static IReadOnlyList<Last> Named { get; } =
    [
        Hour,
        Day,
        new("7d", "7 days", TimeSpan.FromDays(7)),
        new("30d", "30 days", TimeSpan.FromDays(30)),
    ];

    /// <summary>The time with this name, or null.</summary>
    public static Last? Find(string name) => Named.FirstOrDefault(time => time.Name == name);

    /// <summary>When it begins and ends, seen from now.</summary>
    public abstract TimeRange At(DateTimeOffset now);

    /// <summary>Up to now, and going on with it.</summary>
    /// <param name="Name">As the address says it.</param>
    /// <param name="Title">As people read it.</param>
    /// <param name="Length">How far it goes back.</param>
    public sealed record Last(string Name, string Title, TimeSpan Length) : FailureTime
    {
        public override TimeRange At(DateTimeOffset now) => new(now - Length, now);
    }

    /// <summary>From one moment on and before another.</summary>
    public sealed record Between(DateTimeOffset From, DateTimeOffset To) : FailureTime
    {
        public override TimeRange At(DateTimeOffset now) => new(From, To);
    }
}
