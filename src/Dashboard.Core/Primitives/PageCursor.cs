using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Dashboard.Core.Primitives;

/// <summary>The key of the last row of a page: a time and an id. Opaque to callers.</summary>
public readonly record struct PageCursor(DateTimeOffset At, string Id)
{
    /// <summary>The row's number; null where it has none.</summary>
    public long? Number => long.TryParse(Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The key of a row in a list that is in the order of its numbers alone.</summary>
    public static PageCursor OfNumber(long number) => new(DateTimeOffset.UnixEpoch, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a cursor made by <see cref="ToString"/>; null where the text is none.</summary>
    public static PageCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 400 || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(':', 2);
        return parts is [var milliseconds, { Length: > 0 } id]
            && long.TryParse(milliseconds, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and < 253_402_300_800_000
            ? new PageCursor(DateTimeOffset.FromUnixTimeMilliseconds(value), id)
            : null;
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{At.ToUnixTimeMilliseconds()}:{Id}"));
}
