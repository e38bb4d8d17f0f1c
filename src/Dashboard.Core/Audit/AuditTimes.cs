namespace Dashboard.Core.Audit;

/// <summary>Times as stores keep them.</summary>
internal static class AuditTimes
{
    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Reads Unix milliseconds. Anything may stand in a row: what is no time is the nearest one.</summary>
    public static DateTimeOffset Read(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, First, Last));
}
