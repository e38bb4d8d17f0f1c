using System.Globalization;

namespace Dashboard.Core.Storage.Status;

/// <summary>Sizes for people: <c>12.3 MiB</c>.</summary>
public static class ByteText
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    public static string Of(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        for (; size >= 1024 && unit < Units.Length - 1; unit++)
        {
            size /= 1024;
        }

        return size.ToString(unit == 0 ? "N0" : "N1", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
