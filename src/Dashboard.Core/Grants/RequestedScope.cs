using Dashboard.Core.Scopes;

namespace Dashboard.Core.Grants;

/// <summary>Reads the parameter <c>scope</c> exactly as RFC 6749 section 3.3 writes it: nothing is repaired, nothing is guessed.</summary>
internal static class RequestedScope
{
    private const int Longest = 1_000;

    public static readonly string Fault =
        $"The scope must be at most {ScopeText.MostScopes} items with one space between two, {Longest} characters in all.";

    /// <summary>What is asked for, each item once; empty where the parameter is absent or empty, null where it is no such text.</summary>
    public static IReadOnlyList<string>? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        // Counted before repetitions are dropped: they cost the same.
        var items = text.Length > Longest ? null : text.Split(' ');
        return items is not null && ScopeText.FaultOf(items) is null ? [.. items.Distinct(StringComparer.Ordinal)] : null;
    }
}
