namespace Dashboard.Core.Live;

/// <summary>Whoever keeps something in memory true to the store.</summary>
public interface IFollower
{
    /// <summary>
    /// The time stamp, of the system's clock, since when this one has heard of a change and not yet taken it in; null where it
    /// has taken in all it heard of.
    /// </summary>
    long? BehindSince { get; }
}
