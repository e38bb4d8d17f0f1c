using Dashboard.Core.Primitives;

namespace Dashboard.Hosting;

/// <summary>What a request for a page of a list may ask for, the same for every list of the API.</summary>
internal static class PageRules
{
    /// <summary>Why a page of so many rows is refused; null where it is not.</summary>
    public static ProblemResult? RefusalOf(int? limit) => limit is < 1 or > PageLimit.Largest
        ? Problems.Invalid(new ValidationError("limit", $"must be between 1 and {PageLimit.Largest}"))
        : null;

    /// <summary>The same for lists that page by <see cref="PageCursor"/>.</summary>
    public static ProblemResult? RefusalOf(int? limit, string? cursor) =>
        RefusalOf(limit)
        ?? (cursor is { Length: > 0 } && PageCursor.Parse(cursor) is null
            ? Problems.Invalid(new ValidationError("cursor", "is not one that this list gave"))
            : null);
}
