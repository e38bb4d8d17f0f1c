namespace Dashboard.Core.Primitives;

/// <summary>One page of a list that is read by key, newest first.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="NextCursor">Where the next page starts; null on the last one.</param>
/// <param name="Total">How many rows match; a lower bound where <paramref name="TotalIsCapped"/>.</param>
/// <param name="TotalIsCapped">True where counting stopped early, so that a page costs the same at any size.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, long Total, bool TotalIsCapped);
