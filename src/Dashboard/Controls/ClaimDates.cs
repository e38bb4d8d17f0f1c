using System.Text.Json;

namespace Dashboard.Controls;

/// <summary>Reads the dates of tokens (RFC 7519 section 2) for showing them; judges nothing.</summary>
internal static class ClaimDates
{
    // The last second of the year 9999, beyond which a date cannot be shown.
    private const double Latest = 253_402_300_799;

    /// <summary>The time, or null where the value is no number of seconds that a date can show.</summary>
    public static DateTimeOffset? Read(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1_000))
            : null;
}
