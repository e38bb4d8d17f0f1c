namespace Dashboard.Core.Primitives;

/// <summary>What is wrong with one field of a request, in words that follow its name: "must not be empty".</summary>
public sealed record FieldFault(string Field, string Message);
