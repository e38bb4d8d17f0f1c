namespace Dashboard.Core.Tokens;

/// <summary>Keeps the subjects of people and of everything else apart.</summary>
public static class Subjects
{
    /// <summary>Begins the subject of every operator token, and of no other.</summary>
    public const string OperatorPrefix = "operator:";

    /// <summary>The subject of an operator's tokens.</summary>
    public static string OfOperator(string userName) => OperatorPrefix + userName;
}
