namespace Dashboard.Core.Access;

/// <summary>The roles of operators, as they are stored and as tokens name them.</summary>
public static class Roles
{
    public const string Administrator = "administrator";
    public const string Reviewer = "reviewer";
    public const string Support = "support";

    /// <summary>Every role, the one that may do most first.</summary>
    public static readonly IReadOnlyList<string> All = [Administrator, Reviewer, Support];
}
