namespace Dashboard.Core.Primitives;

/// <summary>Moments as stores keep them.</summary>
internal static class Times
{
    /// <summary>
    /// Cut to the millisecond, which is all that a store keeps: what is in memory must be the same, and compare the same,
    /// before and after a restart.
    /// </summary>
    public static DateTimeOffset CutToMilliseconds(this DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
