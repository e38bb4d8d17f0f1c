namespace Dashboard.Tests.Unit.Tokens.Validation;

/// <summary>A token that has to be refused, and the code that a caller has to see first.</summary>
internal sealed record BadToken(string Name, string Code, string Token);
