namespace Dashboard.Core.Access;

/// <summary>The roles of operators, as they are stored and as tokens name them.</summary>
public static class Roles
{
    public const string Administrator = "administrator";
    public const string Reviewer = "reviewer";
    public const string Support = "support";

    /// <summary>
    /// Operates nothing: an account of somebody who only signs in to let applications act for them. It has the rights over
    /// itself and no other.
    /// </summary>
    public const string Subject = "subject";

    /// <summary>Every role, the one that may do most first.</summary>
    public static readonly IReadOnlyList<string> All = [Administrator, Reviewer, Support, Subject];

    /// <summary>What is said where a role is none of these; follows the name of a field.</summary>
    public static readonly string Rule = $"must be {string.Join(", ", All)}";

    /// <summary>True for one of <see cref="All"/>, written as it is there.</summary>
    public static bool Exists(string? role) => All.Contains(role, StringComparer.Ordinal);
}
