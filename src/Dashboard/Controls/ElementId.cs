using System.Globalization;

namespace Dashboard.Controls;

/// <summary>Ids that tie labels to fields. Unique in the process, which is more than a page needs.</summary>
internal static class ElementId
{
    private static long _last;

    public static string Next(string prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref _last)}");
}
