namespace Dashboard.Core.Tokens;

/// <summary>Keeps the subjects of people and of everything else apart.</summary>
public static class Subjects
{
    /// <summary>Begins the subject of every operator token, and of no other.</summary>
    public const string OperatorPrefix = "operator:";

    /// <summary>Begins the subject of every token that a person allowed a client to have.</summary>
    public const string UserPrefix = "user:";

    /// <summary>Begins the subject of every token of an agent.</summary>
    public const string AgentPrefix = "agent:";

    /// <summary>The subject of an agent's tokens.</summary>
    public static string OfAgent(string agentId) => AgentPrefix + agentId;

    /// <summary>The id of the agent that a subject means; null where it means none.</summary>
    public static string? AgentIdOf(string subject) =>
        subject.StartsWith(AgentPrefix, StringComparison.Ordinal) ? subject[AgentPrefix.Length..] : null;

    /// <summary>The subject of an operator's tokens.</summary>
    public static string OfOperator(string userName) => OperatorPrefix + userName;

    /// <summary>The subject of tokens that speak for a person at APIs.</summary>
    public static string OfUser(string userName) => UserPrefix + userName;

    /// <summary>The name of the person that a subject means; null where it means none.</summary>
    public static string? UserNameOf(string subject) =>
        subject.StartsWith(UserPrefix, StringComparison.Ordinal) ? subject[UserPrefix.Length..] : null;
}
