namespace Dashboard.Core.Primitives;

/// <summary>
/// The time during which one node leads, as a number that grows with each new leader: the fencing token of what only one
/// node may do. The store refuses work of a term that is over, so a leader that was paused for long changes nothing.
/// </summary>
public readonly record struct Term(long Number);
