using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dashboard.Core.LiveKit.Inspection;

/// <summary>Where Go's decoder of base64url stops, and what it says then.</summary>
internal static class GoBase64
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Null where it decodes: Go does not ask whether the unused bits at the end are zero.</summary>
    public static int? FindBadByte(string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        return bytes.AsSpan().IndexOfAnyExcept(Alphabet) is >= 0 and var place ? place
            : bytes.Length % 4 is 1 ? bytes.Length - 1
            : null;
    }

    public static string ErrorAt(int place) =>
        string.Create(CultureInfo.InvariantCulture, $"illegal base64 data at input byte {place}");
}
