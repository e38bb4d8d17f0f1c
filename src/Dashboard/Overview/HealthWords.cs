using Dashboard.Controls;
using Dashboard.Hosting.Stats;

namespace Dashboard.Overview;

internal static class HealthWords
{
    /// <summary>The colour and shape of how something is.</summary>
    public static StatusKind KindOf(HealthKind health) => health switch
    {
        HealthKind.Ok => StatusKind.Live,
        HealthKind.Warning => StatusKind.Warning,
        HealthKind.Unavailable => StatusKind.Refused,
        _ => StatusKind.Ended,
    };
}
