namespace Dashboard.Core.Storage.Leadership;

/// <summary>Which node leads.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Term">The number of its term.</param>
/// <param name="Until">When its lease ends, unless it prolongs it.</param>
public sealed record LeaseHolder(string Node, long Term, DateTimeOffset Until);
