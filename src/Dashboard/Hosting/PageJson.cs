using Dashboard.Core.Primitives;

namespace Dashboard.Hosting;

/// <summary>A page of a list in the API.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; absent on the last.</param>
/// <param name="Total">How many rows match.</param>
/// <param name="TotalIsCapped">True where there are at least so many.</param>
internal sealed record PageJson<T>(IReadOnlyList<T> Items, string? NextCursor, long Total, bool TotalIsCapped)
{
    public static PageJson<T> Of<TItem>(Page<TItem> page, Func<TItem, T> convert) =>
        new([.. page.Items.Select(convert)], page.NextCursor, page.Total, page.TotalIsCapped);
}
