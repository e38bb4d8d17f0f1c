namespace Dashboard.Core.Primitives;

/// <summary>Another node leads by now: what was asked for this term was not done.</summary>
public sealed class TermOverException() : Exception("Another node leads by now.");
